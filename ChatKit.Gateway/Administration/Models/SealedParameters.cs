using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Administration.Models;

/// <summary>
/// <c>litellm_params</c> as they lie in the database: the object with every text in it sealed, however deep. Which of them is a secret nobody has to guess; numbers and
/// flags stay readable.
/// </summary>
internal static class SealedParameters
{
    public static string Seal(JsonElement parameters, SealedText key) => Rewrite(parameters, key.Seal)!;

    /// <summary>Null where one of the texts cannot be opened: the key is another one than it was.</summary>
    public static string? Open(string stored, SealedText key)
    {
        using var document = JsonDocument.Parse(stored);
        return Rewrite(document.RootElement, key.Open);
    }

    private static string? Rewrite(JsonElement root, Func<string, string?> change)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            if (!Write(root, writer, change)) return null;
        }

        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static bool Write(JsonElement element, Utf8JsonWriter writer, Func<string, string?> change)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (!Write(member.Value, writer, change)) return false;
                }

                writer.WriteEndObject();
                return true;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    if (!Write(item, writer, change)) return false;
                }

                writer.WriteEndArray();
                return true;
            case JsonValueKind.String:
                if (change(element.GetString()!) is not { } changed) return false;
                writer.WriteStringValue(changed);
                return true;
            default:
                element.WriteTo(writer);
                return true;
        }
    }
}
