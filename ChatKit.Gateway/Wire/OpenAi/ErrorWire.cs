using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// The error of OpenAI's dialect, <c>{"error":{"message","type","param","code"}}</c>. Read leniently, since every vendor of the family has its own
/// idea of it; written strictly.
/// </summary>
internal sealed record ErrorWire(string Message, string? Type, string? Param, string? Code)
{
    private const int LongestMessage = 4000;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, string message, string type, string? param, string code)
    {
        using var writer = new Utf8JsonWriter(output, Readable);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, message);
        writer.WriteString("type"u8, type);
        writer.WriteString("param"u8, param);
        writer.WriteString("code"u8, code);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>
    /// The event that ends a stream of the Responses API (https://platform.openai.com/docs/api-reference/responses-streaming/error): the error lies flat in it, and
    /// once more as in every other answer, where OpenAI's own clients look for it.
    /// </summary>
    public static void WriteEvent(IBufferWriter<byte> output, string message, string type, string? param, string code)
    {
        using var writer = new Utf8JsonWriter(output, Readable);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "error"u8);
        writer.WriteString("code"u8, code);
        writer.WriteString("message"u8, message);
        writer.WriteString("param"u8, param);
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, message);
        writer.WriteString("type"u8, type);
        writer.WriteString("param"u8, param);
        writer.WriteString("code"u8, code);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>
    /// Understands <c>{"error":{…}}</c>, <c>{"error":"text"}</c>, <c>{"message":"text",…}</c>, <c>{"detail":"text"}</c>, <c>{"detail":[{"msg":"text"}]}</c> and a
    /// list of one of these; null for anything else.
    /// </summary>
    public static ErrorWire? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
            return Find(document.RootElement);
        }
        catch (Exception notText) when (notText is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ErrorWire? Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array when element.GetArrayLength() > 0 => Find(element[0]),
        JsonValueKind.Object when element.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object => FromObject(error),
        JsonValueKind.Object when Text(element, "error") is { } text => new ErrorWire(text, null, null, null),
        JsonValueKind.Object when element.TryGetProperty("detail", out var detail) => FromDetail(detail),
        JsonValueKind.Object => FromObject(element),
        _ => null,
    };

    private static ErrorWire? FromObject(JsonElement error) =>
        (Text(error, "message") ?? Text(error, "msg")) is { } message
            ? new ErrorWire(message, Text(error, "type"), Text(error, "param"), Text(error, "code"))
            : null;

    private static ErrorWire? FromDetail(JsonElement detail) => detail.ValueKind switch
    {
        JsonValueKind.String => new ErrorWire(Shorten(detail.GetString()!), null, null, null),
        JsonValueKind.Array or JsonValueKind.Object => Find(detail),
        _ => null,
    };

    private static string? Text(JsonElement element, string member)
    {
        if (!element.TryGetProperty(member, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => Shorten(text),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary>A message that people can still read.</summary>
    public static string Shorten(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");
}
