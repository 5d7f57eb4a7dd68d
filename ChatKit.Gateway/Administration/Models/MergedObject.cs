using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Administration.Auditing;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Administration.Models;

/// <summary>
/// A JSON object with another laid over it, member by member. A credential that comes back as it was shown, masked, is the one that is there: whoever edits what
/// <c>/model/info</c> told them does not overwrite a key with stars.
/// </summary>
internal static class MergedObject
{
    /// <param name="existing">What is there.</param>
    /// <param name="patch">What is laid over it.</param>
    /// <param name="nullRemoves">Whether null takes a member away (a merge patch), or leaves it as it is (LiteLLM's <c>/model/update</c>).</param>
    public static string Of(string existing, string patch, bool nullRemoves)
    {
        using var below = JsonDocument.Parse(existing);
        using var above = JsonDocument.Parse(patch);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var member in below.RootElement.EnumerateObject())
            {
                var isNamed = above.RootElement.TryGetProperty(member.Name, out var next);
                if (!isNamed || IsMask(member, next) || (next.ValueKind is JsonValueKind.Null && !nullRemoves)) member.WriteTo(writer);
            }

            foreach (var member in above.RootElement.EnumerateObject())
            {
                var isMask = below.RootElement.TryGetProperty(member.Name, out var before) && IsMask(member.Name, before, member.Value);
                if (member.Value.ValueKind is not JsonValueKind.Null && !isMask) member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static bool IsMask(JsonProperty existing, JsonElement next) => IsMask(existing.Name, existing.Value, next);

    private static bool IsMask(string name, JsonElement existing, JsonElement next) =>
        SecretNames.IsSecret(name) && existing.ValueKind is JsonValueKind.String && next.ValueKind is JsonValueKind.String && next.GetString() == Redaction.Masked(existing.GetString()!);
}
