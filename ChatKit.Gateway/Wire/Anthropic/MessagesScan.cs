using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// What the gateway wants to know of a message, or of one event of a streamed message, as ranges of its bytes (string values without their quotes):
/// <code>{"type":"message_start","message":{"id":"msg_01…","type":"message","model":"claude-sonnet-4-6","usage":{"input_tokens":9,"output_tokens":1}}}</code>
/// https://platform.claude.com/docs/en/build-with-claude/streaming
/// </summary>
internal ref struct MessagesScan
{
    private Utf8JsonReader _reader;

    private MessagesScan(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json, JsonLimits.Options);

    /// <summary>Of the whole: <c>message</c>, <c>error</c>, or the kind of the event.</summary>
    public ByteRange Type { get; private set; }

    public ByteRange Id { get; private set; }

    public ByteRange Model { get; private set; }

    public ByteRange StopReason { get; private set; }

    public MessagesUsage? Usage { get; private set; }

    /// <summary>Scans one JSON object; false where it is not one.</summary>
    public static bool TryScan(ReadOnlySpan<byte> json, out MessagesScan scan)
    {
        scan = new MessagesScan(json);
        try
        {
            if (!scan._reader.Read() || scan._reader.TokenType is not JsonTokenType.StartObject) return false;
            scan.ReadMembers(isWhole: true);
            return !scan._reader.Read();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member name with half of a surrogate pair.
            return false;
        }
    }

    /// <summary>A range as text; null where it is none.</summary>
    public static string? Text(ByteRange range, ReadOnlySpan<byte> json) => range.IsEmpty ? null : Encoding.UTF8.GetString(range.Of(json));

    private void ReadMembers(bool isWhole)
    {
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (isWhole && _reader.ValueTextEquals("type"u8)) Type = ReadString();
            else if (_reader.ValueTextEquals("id"u8)) Id = ReadString();
            else if (_reader.ValueTextEquals("model"u8)) Model = ReadString();
            else if (_reader.ValueTextEquals("stop_reason"u8)) StopReason = ReadString();
            else if (_reader.ValueTextEquals("usage"u8)) ReadUsage();
            else if (isWhole && (_reader.ValueTextEquals("message"u8) || _reader.ValueTextEquals("delta"u8))) ReadInner();
            else _reader.Skip();
        }
    }

    /// <summary>The message that a stream opens with, or what an event changes of it.</summary>
    private void ReadInner()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.StartObject) ReadMembers(isWhole: false);
        else _reader.Skip();
    }

    private void ReadUsage()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.StartObject) Usage = JsonSerializer.Deserialize(ref _reader, AnthropicJson.Default.MessagesUsage);
        else _reader.Skip();
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
