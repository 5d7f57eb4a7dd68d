using System.Text.Json;
using System.Text.Unicode;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// Reads the envelope in one pass over the whole body, so that what goes on is known to be one well-formed object. A member that decides what the
/// gateway does must not stand twice: which one counts differs between parsers, and a check of the one must not let the other through.
/// </summary>
internal ref struct ChatEnvelopeReader
{
    private const string WholeBody = "request_body";

    private readonly ReadOnlySpan<byte> _body;
    private readonly List<JsonMember> _members = new(16);
    private Utf8JsonReader _reader;
    private string? _model;
    private bool _stream;
    private bool _includeUsage;
    private TimeSpan? _timeout;
    private int? _retries;
    private Known _seen;
    private int _objectStart;

    private ChatEnvelopeReader(ReadOnlySpan<byte> body)
    {
        _body = body;
        _reader = new Utf8JsonReader(body, JsonLimits.Options);
    }

    /// <summary>The members that the gateway itself acts on.</summary>
    [Flags]
    private enum Known
    {
        Other = 0,
        Model = 1,
        Messages = 2,
        Stream = 4,
        StreamOptions = 8,
        Timeout = 16,
        Retries = 32,
    }

    /// <summary>Reads the envelope; a problem where the body is not a chat completion request.</summary>
    public static RequestProblem? Read(ReadOnlySpan<byte> body, out ChatEnvelope envelope)
    {
        envelope = new ChatEnvelope();
        if (!Utf8.IsValid(body)) return new RequestProblem("The request body is not valid UTF-8.", WholeBody);
        var reader = new ChatEnvelopeReader(body);
        try
        {
            if (reader.ReadObject() is { } problem) return problem;
        }
        catch (JsonException malformed)
        {
            return reader.Malformed(malformed);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as an escape: well-formed JSON, but no text.
            return new RequestProblem("The request body has a string that is not valid Unicode.", WholeBody);
        }

        envelope = reader.ToEnvelope();
        return null;
    }

    private readonly ChatEnvelope ToEnvelope() => new()
    {
        Model = _model,
        Stream = _stream,
        IncludeUsage = _includeUsage,
        Timeout = _timeout,
        Retries = _retries,
        ObjectStart = _objectStart,
        Members = _members,
    };

    private readonly RequestProblem Malformed(JsonException malformed) => _reader.CurrentDepth >= JsonLimits.MaxDepth
        ? new RequestProblem($"The request body is nested deeper than {JsonLimits.MaxDepth} levels.", WholeBody)
        : new RequestProblem($"The request body is not valid JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}).", WholeBody);

    private RequestProblem? ReadObject()
    {
        if (!_reader.Read() || _reader.TokenType is not JsonTokenType.StartObject)
            return new RequestProblem("The request body is not a JSON object.", WholeBody);
        _objectStart = (int)_reader.TokenStartIndex;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (ReadMember() is { } problem) return problem;
        }

        // Reading once more is what finds anything that follows the object.
        _reader.Read();
        return (_seen & Known.Messages) == 0 ? new RequestProblem("Missing required parameter: 'messages'.", "messages") : null;
    }

    private RequestProblem? ReadMember()
    {
        var known = Recognise();
        var nameStart = (int)_reader.TokenStartIndex;
        var nameEnd = nameStart + _reader.ValueSpan.Length + 2;
        var escaped = _reader.ValueIsEscaped;
        if (escaped) _ = _reader.GetString();
        if ((_seen & known) != 0) return Invalid(known, "appears more than once");
        _seen |= known;

        _reader.Read();
        var valueStart = (int)_reader.TokenStartIndex;
        var kind = _reader.TokenType;
        var problem = known switch
        {
            Known.Model => ReadModel(),
            Known.Messages => ReadMessages(),
            Known.Stream => ReadStream(),
            Known.StreamOptions => ReadStreamOptions(),
            Known.Timeout => ReadTimeout(),
            Known.Retries => ReadRetries(),
            _ => null,
        };
        _reader.Skip();
        _members.Add(new JsonMember(nameStart, nameEnd, escaped, valueStart, (int)_reader.BytesConsumed, kind));
        return problem;
    }

    private readonly Known Recognise() =>
        _reader.ValueTextEquals("messages"u8) ? Known.Messages
        : _reader.ValueTextEquals("model"u8) ? Known.Model
        : _reader.ValueTextEquals("stream"u8) ? Known.Stream
        : _reader.ValueTextEquals("stream_options"u8) ? Known.StreamOptions
        : _reader.ValueTextEquals("timeout"u8) ? Known.Timeout
        : _reader.ValueTextEquals("num_retries"u8) ? Known.Retries
        : Known.Other;

    private RequestProblem? ReadModel()
    {
        if (_reader.TokenType is JsonTokenType.Null) return null;
        if (_reader.TokenType is not JsonTokenType.String) return Invalid(Known.Model, "must be a string");
        _model = _reader.GetString();
        return null;
    }

    private RequestProblem? ReadMessages()
    {
        if (_reader.TokenType is not JsonTokenType.StartArray) return Invalid(Known.Messages, "must be an array of messages");
        var count = 0;
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            if (_reader.TokenType is not JsonTokenType.StartObject) return new RequestProblem($"Invalid type for 'messages[{count}]': must be an object.", $"messages[{count}]");
            _reader.Skip();
            count++;
        }

        return count == 0 ? Invalid(Known.Messages, "must not be empty") : null;
    }

    private RequestProblem? ReadStream()
    {
        if (_reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)) return Invalid(Known.Stream, "must be true or false");
        _stream = _reader.TokenType is JsonTokenType.True;
        return null;
    }

    private RequestProblem? ReadStreamOptions()
    {
        if (_reader.TokenType is JsonTokenType.Null) return null;
        if (_reader.TokenType is not JsonTokenType.StartObject) return Invalid(Known.StreamOptions, "must be an object");
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            var asksUsage = _reader.ValueTextEquals("include_usage"u8);
            _reader.Read();
            if (asksUsage) _includeUsage = _reader.TokenType is JsonTokenType.True;
            _reader.Skip();
        }

        return null;
    }

    private RequestProblem? ReadTimeout()
    {
        if (_reader.TokenType is JsonTokenType.Null) return null;
        if (_reader.TokenType is not JsonTokenType.Number || !_reader.TryGetDouble(out var seconds) || seconds is not (> 0 and < 1e6))
            return Invalid(Known.Timeout, "must be a positive number of seconds");
        _timeout = TimeSpan.FromSeconds(seconds);
        return null;
    }

    private RequestProblem? ReadRetries()
    {
        if (_reader.TokenType is JsonTokenType.Null) return null;
        if (_reader.TokenType is not JsonTokenType.Number || !_reader.TryGetInt32(out var retries) || retries is < 0 or > 100)
            return Invalid(Known.Retries, "must be a whole number from 0 to 100");
        _retries = retries;
        return null;
    }

    private static RequestProblem Invalid(Known member, string what)
    {
        var name = member switch
        {
            Known.Model => "model",
            Known.Messages => "messages",
            Known.Stream => "stream",
            Known.StreamOptions => "stream_options",
            Known.Timeout => "timeout",
            _ => "num_retries",
        };
        return new RequestProblem($"Invalid '{name}': {what}.", name);
    }
}
