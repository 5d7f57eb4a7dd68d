using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi.Responses;

/// <summary>
/// What the gateway wants to know of a response, or of one event of a streamed response, as ranges of its bytes (string values without their quotes):
/// <code>{"type":"response.completed","sequence_number":9,"response":{"id":"resp_1","model":"gpt-5","status":"completed","usage":{"input_tokens":9,"output_tokens":2}}}</code>
/// https://platform.openai.com/docs/api-reference/responses/object, https://platform.openai.com/docs/api-reference/responses-streaming
/// </summary>
internal ref struct ResponsesScan
{
    private Utf8JsonReader _reader;

    private ResponsesScan(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json, JsonLimits.Options);

    /// <summary>The kind of the event.</summary>
    public ByteRange Type { get; private set; }

    public ByteRange Id { get; private set; }

    public ByteRange Model { get; private set; }

    public ByteRange Status { get; private set; }

    public ByteRange Reason { get; private set; }

    public ResponseTokens? Usage { get; private set; }

    /// <summary>An <c>error</c> that is not null.</summary>
    public ByteRange Error { get; private set; }

    /// <summary>Scans one JSON object; false where it is not one.</summary>
    public static bool TryScan(ReadOnlySpan<byte> json, out ResponsesScan scan)
    {
        scan = new ResponsesScan(json);
        try
        {
            if (!scan._reader.Read() || scan._reader.TokenType is not JsonTokenType.StartObject) return false;
            scan.ReadMembers(isOuter: true);
            return !scan._reader.Read();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member name with half of a surrogate pair.
            return false;
        }
    }

    private void ReadMembers(bool isOuter)
    {
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (isOuter && _reader.ValueTextEquals("type"u8)) Type = ReadString();
            else if (_reader.ValueTextEquals("id"u8)) Id = ReadString();
            else if (_reader.ValueTextEquals("model"u8)) Model = ReadString();
            else if (_reader.ValueTextEquals("status"u8)) Status = ReadString();
            else if (_reader.ValueTextEquals("usage"u8)) ReadUsage();
            else if (_reader.ValueTextEquals("error"u8)) Error = ReadValue();
            else if (_reader.ValueTextEquals("incomplete_details"u8)) ReadReason();
            else if (isOuter && _reader.ValueTextEquals("response"u8)) ReadResponse();
            else _reader.Skip();
        }
    }

    private void ReadResponse()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.StartObject) ReadMembers(isOuter: false);
        else _reader.Skip();
    }

    private void ReadReason()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartObject) return;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("reason"u8)) Reason = ReadString();
            else _reader.Skip();
        }
    }

    private void ReadUsage()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.StartObject) Usage = JsonSerializer.Deserialize(ref _reader, ResponsesJson.Default.ResponseTokens);
        else _reader.Skip();
    }

    private ByteRange ReadValue()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.Null) return default;
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return new ByteRange(start, (int)_reader.BytesConsumed);
    }

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
}

/// <summary><c>usage</c> as any provider of the API gives it.</summary>
internal sealed record ResponseTokens
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public InputDetails? InputTokensDetails { get; init; }

    public OutputDetails? OutputTokensDetails { get; init; }
}
