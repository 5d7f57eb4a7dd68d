using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// What the gateway wants to know of a completion or a chunk of one, as ranges of its bytes (string values without their quotes):
/// <code>{"id":"chatcmpl-1","object":"chat.completion.chunk","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}],"usage":null}</code>
/// https://platform.openai.com/docs/api-reference/chat/object, https://platform.openai.com/docs/api-reference/chat/streaming
/// </summary>
internal ref struct CompletionScan
{
    private Utf8JsonReader _reader;

    private CompletionScan(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json, JsonLimits.Options);

    public ByteRange Id { get; private set; }

    public ByteRange Model { get; private set; }

    public ByteRange FinishReason { get; private set; }

    /// <summary>What kind of event a streamed image or transcript has here.</summary>
    public ByteRange Type { get; private set; }

    public UsageWire? Usage { get; private set; }

    /// <summary>How urgently the provider answered.</summary>
    public ByteRange ServiceTier { get; private set; }

    /// <summary>Members of <c>data</c>: pictures, vectors.</summary>
    public int Items { get; private set; }

    /// <summary>Seconds of sound, in a verbose transcript.</summary>
    public decimal Duration { get; private set; }

    /// <summary>An <c>error</c> that is not null: some providers answer 200 and say here that they failed.</summary>
    public bool HasError { get; private set; }

    /// <summary>At least one choice: a chunk with none carries usage only.</summary>
    public bool HasChoices { get; private set; }

    /// <summary>Something of the answer itself: text, a tool call, a refusal, a reason to finish; not merely the opening with the role.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Scans one JSON object; false where it is not one.</summary>
    public static bool TryScan(ReadOnlySpan<byte> json, out CompletionScan scan)
    {
        scan = new CompletionScan(json);
        try
        {
            return scan.ReadObject();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A member name with half of a surrogate pair.
            return false;
        }
    }

    private bool ReadObject()
    {
        if (!_reader.Read() || _reader.TokenType is not JsonTokenType.StartObject) return false;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("choices"u8)) ReadChoices();
            else if (_reader.ValueTextEquals("model"u8)) Model = ReadString();
            else if (_reader.ValueTextEquals("id"u8)) Id = ReadString();
            else if (_reader.ValueTextEquals("usage"u8)) ReadUsage();
            else if (_reader.ValueTextEquals("type"u8)) Type = ReadString();
            else if (_reader.ValueTextEquals("error"u8)) ReadError();
            else if (_reader.ValueTextEquals("service_tier"u8)) ServiceTier = ReadString();
            else if (_reader.ValueTextEquals("data"u8)) ReadData();
            else if (_reader.ValueTextEquals("duration"u8)) ReadDuration();
            else if (_reader.ValueTextEquals("x_groq"u8)) ReadGroq();
            else _reader.Skip();
        }

        return !_reader.Read();
    }

    private void ReadChoices()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartArray) return;
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            HasChoices = true;
            if (_reader.TokenType is JsonTokenType.StartObject) ReadChoice();
            else _reader.Skip();
        }
    }

    private void ReadChoice()
    {
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("delta"u8))
            {
                ReadDelta();
            }
            else if (_reader.ValueTextEquals("finish_reason"u8))
            {
                var reason = ReadString();
                if (!reason.IsEmpty) (FinishReason, HasContent) = (reason, true);
            }
            else if (_reader.ValueTextEquals("text"u8))
            {
                // A piece of a text completion, where a chat has its delta.
                HasContent |= !ReadString().IsEmpty;
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void ReadDelta()
    {
        _reader.Read();
        if (HasContent || _reader.TokenType is not JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            var isRole = _reader.ValueTextEquals("role"u8);
            _reader.Read();
            HasContent |= !isRole && !SaysNothing();
            _reader.Skip();
        }
    }

    private readonly bool SaysNothing() =>
        _reader.TokenType is JsonTokenType.Null || (_reader.TokenType is JsonTokenType.String && _reader.ValueSpan.IsEmpty);

    private ByteRange ReadString()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.String)
        {
            var start = (int)_reader.TokenStartIndex + 1;
            return new ByteRange(start, start + _reader.ValueSpan.Length);
        }

        _reader.Skip();
        return default;
    }

    private void ReadData()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartArray)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            Items++;
            _reader.Skip();
        }
    }

    private void ReadDuration()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.Number && _reader.TryGetDecimal(out var seconds)) Duration = seconds;
        else _reader.Skip();
    }

    private void ReadUsage()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.StartObject) Usage = UsageWire.Read(ref _reader);
        else _reader.Skip();
    }

    /// <summary>Groq has the usage of a stream here, and only sometimes where OpenAI has it: https://console.groq.com/docs/api-reference.</summary>
    private void ReadGroq()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartObject || Usage is not null)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("usage"u8)) ReadUsage();
            else _reader.Skip();
        }
    }

    private void ReadError()
    {
        _reader.Read();
        HasError = _reader.TokenType is not JsonTokenType.Null;
        _reader.Skip();
    }
}
