using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>Anthropic's own rules for a body that a cloud carries: the model stands in the path, and members of the cloud's own come beside.</summary>
public static class AnthropicOnCloudRules
{
    public static string? Refuse(JsonElement body, params string[] cloudMembers)
    {
        using var plain = new MemoryStream();
        using (var writer = new Utf8JsonWriter(plain))
        {
            writer.WriteStartObject();
            writer.WriteString("model", "claude");
            foreach (var member in body.EnumerateObject())
                if (!cloudMembers.Contains(member.Name))
                    member.WriteTo(writer);
            writer.WriteEndObject();
        }

        return AnthropicRequestRules.Refuse(JsonDocument.Parse(plain.ToArray()).RootElement);
    }
}
