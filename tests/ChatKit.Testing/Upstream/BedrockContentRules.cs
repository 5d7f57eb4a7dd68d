using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>What Converse refuses in the messages of a request.</summary>
public static partial class BedrockContentRules
{
    public static string? Refuse(JsonElement body)
    {
        if (!body.TryGetProperty("messages", out var messages) || messages.GetArrayLength() == 0) return "A conversation must start with a user message. Try again with a conversation that starts with a user message.";
        var (previous, open, names) = ("assistant", new HashSet<string>(), new HashSet<string>());
        var hasTools = false;
        foreach (var message in messages.EnumerateArray())
        {
            var role = message.GetProperty("role").GetString()!;
            if (role == previous || role is not ("user" or "assistant")) return "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.";
            previous = role;
            var calls = new HashSet<string>();
            foreach (var block in message.GetProperty("content").EnumerateArray())
                if (Block(block, open, calls, names, ref hasTools) is { } refusal)
                    return refusal;
            if (role == "user" && open.Count > 0) return $"Expected toolResult blocks at messages for the following Ids: {string.Join(", ", open)}";
            if (role == "assistant") open = calls;
        }

        return hasTools && !body.TryGetProperty("toolConfig", out _) ? "The toolConfig field must be defined when using toolUse and toolResult content blocks." : null;
    }

    /// <summary>What is wrong with a cache point.</summary>
    public static string? CachePoint(JsonElement point) =>
        point.GetProperty("type").ValueEquals("default") && (!point.TryGetProperty("ttl", out var ttl) || ttl.GetString() is "5m" or "1h") ? null : "Value at 'cachePoint' failed to satisfy constraint";

    private static string? Block(JsonElement block, HashSet<string> open, HashSet<string> calls, HashSet<string> names, ref bool hasTools)
    {
        var members = block.EnumerateObject().ToList();
        if (members.Count != 1) return "The content field in the Message object is empty or has more than one member. Add a ContentBlock object to the content field and try again.";
        var value = members[0].Value;
        switch (members[0].Name)
        {
            case "text":
                return string.IsNullOrWhiteSpace(value.GetString()) ? "The text field in the ContentBlock object at messages is blank. Add text to the text field, and try again." : null;
            case "image":
                return File(value, "png", "jpeg", "gif", "webp");
            case "audio":
                return File(value, "mp3", "opus", "wav", "aac", "flac", "mp4", "ogg", "mkv");
            case "document":
                if (!DocumentName().IsMatch(value.GetProperty("name").GetString()!)) return "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets.";
                if (!names.Add(value.GetProperty("name").GetString()!)) return "Messages cannot contain documents with duplicate names.";
                return File(value, "pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md");
            case "toolUse":
                hasTools = true;
                calls.Add(value.GetProperty("toolUseId").GetString()!);
                if (!ToolId().IsMatch(value.GetProperty("toolUseId").GetString()!)) return "Value at 'toolUseId' failed to satisfy constraint: [a-zA-Z0-9_.:-]+";
                return value.GetProperty("input").ValueKind is JsonValueKind.Object ? null : "The format of the value at toolUse.input is invalid. Provide a json object for the field and try again.";
            case "toolResult":
                hasTools = true;
                return open.Remove(value.GetProperty("toolUseId").GetString()!) ? Result(value) : "The number of toolResult blocks exceeds the number of toolUse blocks of previous turn.";
            case "reasoningContent":
                return value.TryGetProperty("redactedContent", out _) || value.GetProperty("reasoningText").TryGetProperty("signature", out _) ? null : "The model returned the following errors: thinking.signature: Field required";
            case "cachePoint":
                return CachePoint(value);
            case "guardContent":
                return null;
            default:
                return $"Unknown field {members[0].Name}";
        }
    }

    private static string? Result(JsonElement result)
    {
        foreach (var block in result.GetProperty("content").EnumerateArray())
            if (block.EnumerateObject().Single().Name is not ("text" or "json" or "image" or "document"))
                return "Value at 'toolResult.content' failed to satisfy constraint";
        return result.TryGetProperty("status", out var status) && status.GetString() is not ("success" or "error") ? "Value at 'toolResult.status' failed to satisfy constraint" : null;
    }

    private static string? File(JsonElement file, params string[] formats)
    {
        if (!formats.Contains(file.GetProperty("format").GetString())) return "Value at 'format' failed to satisfy enum value set";
        var source = file.GetProperty("source");
        if (source.TryGetProperty("s3Location", out var location)) return location.GetProperty("uri").GetString()!.StartsWith("s3://", StringComparison.Ordinal) ? null : "Invalid S3 location";
        return source.TryGetProperty("bytes", out var bytes) && bytes.TryGetBytesFromBase64(out var content) && content.Length > 0 ? null : "Could not process image";
    }

    [GeneratedRegex("^[a-zA-Z0-9_.:-]{1,64}$")]
    private static partial Regex ToolId();

    [GeneratedRegex(@"^(?!.*\s\s)[a-zA-Z0-9\s\-()\[\]]{1,200}$")]
    private static partial Regex DocumentName();
}
