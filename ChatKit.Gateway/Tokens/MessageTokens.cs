using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace ChatKit.Gateway.Tokens;

/// <summary>The tokens of messages and of what they hold: OpenAI's, Anthropic's and Gemini's parts alike.</summary>
internal static class MessageTokens
{
    /// <summary>The frame of a message, <c>&lt;|start|&gt;role&lt;|message|&gt;…&lt;|end|&gt;</c>.</summary>
    public const int PerMessage = 3;

    private const int PerName = 1;
    private const int PerCall = 3;

    /// <summary>A picture of low detail, and one of 1024 × 1024 in high detail (https://platform.openai.com/docs/guides/images-vision#calculating-costs): sizes are not looked at.</summary>
    private const int LowDetailImage = 85;
    private const int Image = 765;

    public static int CountAll(Tokenizer encoding, JsonElement messages)
    {
        if (messages.ValueKind is not JsonValueKind.Array) return CountContent(encoding, messages);
        var count = 0;
        foreach (var message in messages.EnumerateArray()) count += CountMessage(encoding, message);
        return count;
    }

    /// <summary>True for a list of messages and other items, as the Responses API takes it; false for a list of texts or token numbers to embed.</summary>
    public static bool HoldsItems(JsonElement input)
    {
        foreach (var item in input.EnumerateArray()) return item.ValueKind is JsonValueKind.Object;
        return false;
    }

    public static bool BeginsWithSystem(JsonElement messages)
    {
        if (messages.ValueKind is not JsonValueKind.Array) return false;
        foreach (var message in messages.EnumerateArray())
            return message.ValueKind is JsonValueKind.Object && message.TryGetProperty("role", out var role) && (Is(role, "system") || Is(role, "developer"));
        return false;
    }

    /// <summary>Text, a part, or a list of parts.</summary>
    public static int CountContent(Tokenizer encoding, JsonElement content)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return TextTokens.Count(encoding, Text(content));
            case JsonValueKind.Number:
                // Embeddings may be asked for by token numbers.
                return 1;
            case JsonValueKind.Array:
                var count = 0;
                foreach (var part in content.EnumerateArray()) count += CountContent(encoding, part);
                return count;
            case JsonValueKind.Object:
                return CountMembers(encoding, content);
            default:
                return 0;
        }
    }

    private static int CountMessage(Tokenizer encoding, JsonElement message)
    {
        if (message.ValueKind is not JsonValueKind.Object) return CountContent(encoding, message);
        var count = PerMessage + CountMembers(encoding, message);
        if (message.TryGetProperty("role", out var role)) count += CountContent(encoding, role);
        if (message.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String) count += PerName;
        return count;
    }

    /// <summary>What of a message or a part is text for the model. Ids, types and the bytes of media are not.</summary>
    private static int CountMembers(Tokenizer encoding, JsonElement part)
    {
        var count = 0;
        foreach (var member in part.EnumerateObject())
        {
            count += member.Name switch
            {
                "content" or "text" or "parts" or "refusal" or "thinking" or "reasoning_content" or "name" or "arguments" or "output" or "title" or "context" or "summary"
                    or "tool_calls" => CountContent(encoding, member.Value),
                "function" or "function_call" or "functionCall" or "functionResponse" => PerCall + CountContent(encoding, member.Value),
                "input" or "args" or "response" => CountJson(encoding, member.Value),
                "image_url" or "source" or "inline_data" or "inlineData" or "file_data" or "fileData" => CountMedia(encoding, part, member.Value),
                _ => 0,
            };
        }

        return count;
    }

    /// <summary>A picture by its detail; a document that is text by its text; sound and documents of other kinds are not guessed at.</summary>
    private static int CountMedia(Tokenizer encoding, JsonElement part, JsonElement media)
    {
        if (media.ValueKind is JsonValueKind.Object && media.TryGetProperty("type", out var type) && Is(type, "text") && media.TryGetProperty("data", out var text))
            return CountContent(encoding, text);
        if (media.ValueKind is JsonValueKind.Object && MediaType(media) is { } kind && !kind.StartsWith("image/", StringComparison.Ordinal)) return 0;
        var holder = media.ValueKind is JsonValueKind.Object ? media : part;
        return holder.TryGetProperty("detail", out var detail) && Is(detail, "low") ? LowDetailImage : Image;
    }

    private static string? MediaType(JsonElement media)
    {
        foreach (var name in (ReadOnlySpan<string>)["media_type", "mime_type", "mimeType"])
        {
            if (media.TryGetProperty(name, out var type) && type.ValueKind is JsonValueKind.String) return Text(type);
        }

        return null;
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind is JsonValueKind.String && Text(value) == text;

    /// <summary>The arguments of a tool call, which models read as JSON.</summary>
    private static int CountJson(Tokenizer encoding, JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? CountContent(encoding, value) : TextTokens.Count(encoding, value.GetRawText());

    /// <summary>Half of a surrogate pair, which JSON can escape, is no text; its escape is counted.</summary>
    public static string Text(JsonElement text)
    {
        try
        {
            return text.ToString();
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText();
        }
    }
}
