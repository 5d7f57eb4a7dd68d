using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What Cohere refuses in a body, by its OpenAPI description (https://github.com/cohere-ai/cohere-developer-experience, cohere-openapi.yaml).</summary>
public static class CohereRequestRules
{
    private static readonly string[] ChatMembers =
        ["stream", "model", "messages", "tools", "strict_tools", "documents", "citation_options", "response_format", "safety_mode", "max_tokens", "stop_sequences", "temperature",
         "seed", "frequency_penalty", "presence_penalty", "k", "p", "logprobs", "tool_choice", "thinking", "priority"];

    private static readonly string[] EmbedMembers =
        ["texts", "images", "model", "input_type", "inputs", "max_tokens", "output_dimension", "embedding_types", "truncate", "priority"];

    private static readonly string[] RerankMembers = ["model", "query", "documents", "top_n", "max_tokens_per_doc", "priority"];

    /// <summary>Why a chat request is refused; null where it is not.</summary>
    public static string? Chat(JsonElement body)
    {
        if (Unknown(body, ChatMembers) is { } unknown) return unknown;
        if (Kind(body, "model") is not JsonValueKind.String) return "invalid request: model is required";
        if (Kind(body, "messages") is not JsonValueKind.Array || body.GetProperty("messages").GetArrayLength() == 0) return "invalid request: messages must not be empty";
        if (body.TryGetProperty("tool_choice", out var choice) && choice.ToString() is not ("REQUIRED" or "NONE")) return "invalid request: tool_choice must be REQUIRED or NONE";
        if (body.TryGetProperty("tool_choice", out _) && !body.TryGetProperty("tools", out _)) return "invalid request: tool_choice requires tools";
        if (body.TryGetProperty("response_format", out var format) && format.GetProperty("type").GetString() is not ("text" or "json_object")) return "invalid request: invalid response_format type";
        if (body.TryGetProperty("thinking", out var thinking) && thinking.GetProperty("type").GetString() is not ("enabled" or "disabled")) return "invalid request: invalid thinking type";
        if (body.TryGetProperty("stop_sequences", out var stop) && stop.GetArrayLength() > 5) return "invalid request: at most 5 stop sequences";
        if (body.TryGetProperty("tools", out var tools) && tools.EnumerateArray().Select(Tool).FirstOrDefault(wrong => wrong is not null) is { } wrongTool) return wrongTool;
        return body.GetProperty("messages").EnumerateArray().Select(Message).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>Why an embed request is refused.</summary>
    public static string? Embed(JsonElement body)
    {
        if (Unknown(body, EmbedMembers) is { } unknown) return unknown;
        if (Kind(body, "model") is not JsonValueKind.String) return "invalid request: model is required";
        if (Kind(body, "input_type") is not JsonValueKind.String || body.GetProperty("input_type").GetString() is not ("search_document" or "search_query" or "classification" or "clustering" or "image"))
            return "invalid request: valid input_type must be provided";
        if (body.TryGetProperty("texts", out var texts) == body.TryGetProperty("images", out var images)) return "invalid request: exactly one of texts or images must be provided";
        return (texts.ValueKind is JsonValueKind.Array ? texts : images).GetArrayLength() is > 0 and <= 96 ? null : "invalid request: total number of texts must be at most 96";
    }

    /// <summary>Why a rerank request is refused.</summary>
    public static string? Rerank(JsonElement body)
    {
        if (Unknown(body, RerankMembers) is { } unknown) return unknown;
        if (Kind(body, "model") is not JsonValueKind.String || Kind(body, "query") is not JsonValueKind.String) return "invalid request: model and query are required";
        return Kind(body, "documents") is JsonValueKind.Array && body.GetProperty("documents").EnumerateArray().All(document => document.ValueKind is JsonValueKind.String)
            ? null
            : "invalid request: documents must be strings";
    }

    private static string? Tool(JsonElement tool) =>
        tool.GetProperty("type").GetString() is not "function" || Kind(tool.GetProperty("function"), "name") is not JsonValueKind.String
            || Unknown(tool.GetProperty("function"), ["name", "description", "parameters"]) is not null
            || tool.GetProperty("function").GetProperty("parameters").GetProperty("type").GetString() is not "object"
            ? "invalid request: invalid tool"
            : null;

    private static string? Message(JsonElement message) => message.GetProperty("role").GetString() switch
    {
        "system" => Unknown(message, ["role", "content"]) ?? Content(message, "text"),
        "user" => Unknown(message, ["role", "content"]) ?? Content(message, "text", "image_url"),
        "assistant" => Unknown(message, ["role", "content", "tool_calls", "tool_plan", "citations"])
            ?? (message.TryGetProperty("tool_calls", out var calls) && calls.EnumerateArray().Any(call => Kind(call.GetProperty("function"), "arguments") is not JsonValueKind.String) ? "invalid request: arguments must be a string" : null)
            ?? (message.TryGetProperty("content", out _) ? Content(message, "text", "thinking") : message.TryGetProperty("tool_calls", out _) ? null : "invalid request: an assistant message needs content or tool calls"),
        "tool" => Unknown(message, ["role", "content", "tool_call_id"]) ?? (Kind(message, "tool_call_id") is JsonValueKind.String ? Content(message, "text", "document") : "invalid request: tool_call_id is required"),
        var role => $"invalid request: invalid role '{role}'",
    };

    private static string? Content(JsonElement message, params string[] types)
    {
        if (!message.TryGetProperty("content", out var content)) return "invalid request: content is required";
        if (content.ValueKind is JsonValueKind.String) return null;
        return content.ValueKind is JsonValueKind.Array && content.EnumerateArray().All(block => types.Contains(block.GetProperty("type").GetString()))
            ? null
            : "invalid request: invalid content";
    }

    private static string? Unknown(JsonElement body, string[] members) =>
        body.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !members.Contains(name)) is { } unknown ? $"invalid request: unknown field: parameter '{unknown}' is not a valid field" : null;

    private static JsonValueKind Kind(JsonElement body, string member) => body.TryGetProperty(member, out var value) ? value.ValueKind : JsonValueKind.Undefined;
}
