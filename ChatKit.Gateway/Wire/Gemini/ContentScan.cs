using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>
/// What the gateway wants to know of a generateContent answer, or of an event of a streamed one, that passes as it came: ranges of its bytes, and the usage.
/// <code>{"candidates":[{"content":{…},"finishReason":"STOP"}],"usageMetadata":{…},"modelVersion":"gemini-2.5-flash","responseId":"8HBe…"}</code>
/// </summary>
internal ref struct ContentScan
{
    private Utf8JsonReader _reader;

    private ContentScan(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json, JsonLimits.Options);

    public ByteRange Id { get; private set; }

    public ByteRange Model { get; private set; }

    public ByteRange FinishReason { get; private set; }

    public ByteRange BlockReason { get; private set; }

    public GeminiUsage? Usage { get; private set; }

    public bool HasCandidates { get; private set; }

    public bool HasError { get; private set; }

    /// <summary>Scans one JSON object; false where it is not one, or has members of another type than the dialect's.</summary>
    public static bool TryScan(ReadOnlySpan<byte> json, out ContentScan scan)
    {
        scan = new ContentScan(json);
        try
        {
            return scan.ReadObject();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool ReadObject()
    {
        if (!_reader.Read() || _reader.TokenType is not JsonTokenType.StartObject) return false;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("candidates"u8)) ReadCandidates();
            else if (_reader.ValueTextEquals("usageMetadata"u8)) Usage = JsonSerializer.Deserialize(ref _reader, GeminiJson.Default.GeminiUsage);
            else if (_reader.ValueTextEquals("responseId"u8)) Id = ReadString();
            else if (_reader.ValueTextEquals("modelVersion"u8)) Model = ReadString();
            else if (_reader.ValueTextEquals("promptFeedback"u8)) BlockReason = ReadMember("blockReason"u8);
            else if (_reader.ValueTextEquals("error"u8)) HasError = ReadPresence();
            else _reader.Skip();
        }

        return !_reader.Read();
    }

    private void ReadCandidates()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartArray) return;
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            HasCandidates = true;
            var reason = InObject("finishReason"u8);
            if (!reason.IsEmpty) FinishReason = reason;
        }
    }

    private ByteRange ReadMember(ReadOnlySpan<byte> name)
    {
        _reader.Read();
        return InObject(name);
    }

    /// <summary>The text of one member of the object that the reader has just entered, to its end.</summary>
    private ByteRange InObject(ReadOnlySpan<byte> name)
    {
        var found = default(ByteRange);
        if (_reader.TokenType is not JsonTokenType.StartObject) _reader.Skip();
        else
            while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
            {
                if (_reader.ValueTextEquals(name)) found = ReadString();
                else _reader.Skip();
            }

        return found;
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

    private bool ReadPresence()
    {
        _reader.Read();
        var isThere = _reader.TokenType is not JsonTokenType.Null;
        _reader.Skip();
        return isThere;
    }
}
