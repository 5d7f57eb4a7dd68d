using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Administration.Auditing;

/// <summary>JSON as it may be shown and kept: whatever stands under the name of a credential is masked, and addresses lose what may be one.</summary>
internal static class Redaction
{
    private const string Reference = "os.environ/";

    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output)) Write(document.RootElement, writer, hides: false);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>A text as it shows in the place of a credential.</summary>
    public static string Masked(string text) => text.StartsWith(Reference, StringComparison.Ordinal) ? text : new Secret(text).ToString();

    private static void Write(JsonElement element, Utf8JsonWriter writer, bool hides)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer, hides || SecretNames.IsSecret(member.Name));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, writer, hides);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                var text = element.GetString()!;
                writer.WriteStringValue(hides ? Masked(text) : text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out _) ? SecretNames.Address(text) : text);
                break;
            case JsonValueKind.Number when hides:
                writer.WriteStringValue("****");
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
