using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The key that a new user gets along, asked for as <c>/key/generate</c> is: what of the request concerns the key, and whose it is.</summary>
internal static class NewUserKey
{
    private static readonly string[] Members = ["duration", "key_alias", "aliases", "permissions", "guardrails", "models"];

    public static RequestFields Fields(RequestFields body, string user)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("user_id", user);
            foreach (var member in Members) body.CopyTo(writer, member);
            writer.WriteEndObject();
        }

        return new RequestFields(JsonDocument.Parse(output.WrittenMemory).RootElement);
    }
}
