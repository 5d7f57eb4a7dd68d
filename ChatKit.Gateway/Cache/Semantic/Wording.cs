using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Cache.Semantic;

/// <summary>
/// The last words of a question: the text of its last message, where that is the user's and nothing but text. What stands before it has to be the same for two questions
/// to be alike, so that no conversation gets another one's answer, and no other system prompt's.
/// </summary>
/// <param name="Member">The member of the request that they stand in.</param>
/// <param name="Text">The words.</param>
/// <param name="Before">The messages before; elements of the member's array, from its bracket on.</param>
internal sealed record Wording(JsonMember Member, string Text, IReadOnlyList<JsonMember> Before)
{
    /// <summary>Null where the question ends in anything else: a picture, the result of a tool, several texts to embed.</summary>
    public static Wording? Of(ReadOnlySpan<byte> body, IReadOnlyList<JsonMember> members)
    {
        foreach (var member in members)
        {
            if (!member.Is(body, "messages"u8) && !member.Is(body, "prompt"u8) && !member.Is(body, "input"u8) && !member.Is(body, "contents"u8)) continue;
            if (!JsonUnicode.IsText(member.Value(body))) return null;
            if (member.Kind is JsonTokenType.String) return new Wording(member, JsonElement.Parse(member.Value(body)).GetString()!, []);
            if (member.Kind is not JsonTokenType.StartArray) return null;
            var value = member.Value(body);
            var elements = new List<JsonMember>();
            JsonMembers.ReadElements(value, elements);
            if (elements.Count == 0 || elements[^1].Kind is not JsonTokenType.StartObject) return null;
            return TextOf(JsonElement.Parse(elements[^1].Value(value))) is { } text ? new Wording(member, text, elements[..^1]) : null;
        }

        return null;
    }

    private static string? TextOf(JsonElement message)
    {
        if (message.TryGetProperty("role", out var role) && !role.ValueEquals("user"u8)) return null;
        if (message.EnumerateObject().Any(static member => member.Name is not ("role" or "content" or "parts" or "type" or "id"))) return null;
        if (!message.TryGetProperty("content", out var content) && !message.TryGetProperty("parts", out content)) return null;
        if (content.ValueKind is JsonValueKind.String) return content.GetString();
        if (content.ValueKind is not JsonValueKind.Array || content.GetArrayLength() == 0) return null;
        var text = new StringBuilder();
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind is not JsonValueKind.Object || part.EnumerateObject().Any(static member => member.Name is not ("type" or "text"))) return null;
            if (!part.TryGetProperty("text", out var piece) || piece.ValueKind is not JsonValueKind.String) return null;
            text.Append(piece.GetString()).Append('\n');
        }

        return text.ToString();
    }
}
