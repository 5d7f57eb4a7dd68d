using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>A JSON object that a client gives as text and that is kept as it is.</summary>
internal static class JsonObjectText
{
    /// <summary>The object without white space; null where the text is something else, or holds what no database keeps (NUL, half a surrogate pair).</summary>
    public static string? Compact(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            if (json.RootElement.ValueKind is not JsonValueKind.Object) return null;
            var output = new ArrayBufferWriter<byte>(text.Length);
            using (var writer = new Utf8JsonWriter(output, JsonText.Plain)) json.RootElement.WriteTo(writer);
            var compact = Encoding.UTF8.GetString(output.WrittenSpan);
            return compact.Contains("\\u0000", StringComparison.Ordinal) ? null : compact;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
