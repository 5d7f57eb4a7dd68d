using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>Chat v2 answer → chat completion, and what plain and streamed answers share: why it ended, what it cost, where it comes from.</summary>
internal static class CohereAnswerTranslator
{
    /// <summary>A whole answer, stamped with the client's name of the model.</summary>
    public static ChatCompletion Translate(CohereAnswer answer, string clientModel, long created)
    {
        var message = answer.Message!;
        var texts = Blocks(message, "text").Select(static block => block.Text ?? "").ToList();
        var thinking = Blocks(message, "thinking").Select(static block => new ChatThinkingBlock("thinking") { Thinking = block.Thinking }).ToList();
        var calls = (message.ToolCalls ?? []).OfType<CohereCall>().Select(static call => Call(call)).ToList();
        var thought = string.Concat(thinking.Select(static block => block.Thinking)) + message.ToolPlan;
        var annotations = (message.Citations ?? []).SelectMany(Annotations).ToList();
        var completed = new ChatAnswer(texts.Count == 0 && calls.Count > 0 ? null : string.Concat(texts))
        {
            ReasoningContent = thought.Length > 0 ? thought : null,
            ThinkingBlocks = thinking.Count > 0 ? thinking : null,
            ToolCalls = calls.Count > 0 ? calls : null,
            Annotations = annotations.Count > 0 ? annotations : null,
            ProviderSpecificFields = message.Citations is { Count: > 0 } citations ? new ChatProviderFields { Citations = [citations] } : null,
        };
        var choice = new ChatChoice(0, completed, FinishReason(answer.FinishReason)) { ProviderSpecificFields = NativeFinish(answer.FinishReason) };
        return new ChatCompletion(answer.Id!, created, clientModel, [choice], Usage(Tokens(answer.Usage)));
    }

    public static ChatToolCall Call(CohereCall call) =>
        new() { Id = call.Id, Type = "function", Function = new ChatFunctionCall(call.Function?.Name, call.Function?.Arguments is { Length: > 0 } arguments ? arguments : "{}") };

    /// <summary>https://docs.cohere.com/reference/chat#response.body.finish_reason</summary>
    public static string FinishReason(string? reason) => reason switch
    {
        "MAX_TOKENS" => "length",
        "TOOL_CALL" => "tool_calls",
        "ERROR_TOXIC" => "content_filter",
        _ => "stop",
    };

    /// <summary>The reason itself, where the finish reason says less.</summary>
    public static ChatNativeFinish? NativeFinish(string? reason) => reason is null or "COMPLETE" or "MAX_TOKENS" or "TOOL_CALL" ? null : new ChatNativeFinish(reason);

    /// <summary>The reasons that are failures: what came before them is not the answer.</summary>
    public static GatewayError? Failure(string? reason, string? message) => reason switch
    {
        "ERROR" => new GatewayError(500, "api_error", message ?? "The provider's generation failed.") { Origin = ErrorOrigin.UpstreamStatus },
        "TIMEOUT" => new GatewayError(504, "timeout_error", message ?? "The provider's generation took too long.") { Origin = ErrorOrigin.UpstreamStatus },
        _ => null,
    };

    /// <summary>What is billed is what counts; where nothing says, what the model saw.</summary>
    public static TokenUsage Tokens(CohereUsage? usage)
    {
        var counted = usage?.BilledUnits is { InputTokens: not null } or { OutputTokens: not null } ? usage.BilledUnits : usage?.Tokens;
        var input = (long)(counted?.InputTokens ?? 0) + (long)(counted?.ImageTokens ?? 0);
        return new TokenUsage(input, (long)(counted?.OutputTokens ?? 0), CacheRead: Math.Min(input, (long)(usage?.CachedTokens ?? 0)));
    }

    public static ChatUsage Usage(in TokenUsage tokens) =>
        new(tokens.Input, tokens.Output, tokens.Input + tokens.Output, new ChatPromptDetails(tokens.CacheRead), new ChatCompletionDetails(tokens.Reasoning));

    /// <summary>A citation whose source has an address is what OpenAI calls one; the others are in LiteLLM's place for what a provider says beyond OpenAI's words.</summary>
    public static IEnumerable<ChatAnnotation> Annotations(JsonElement citation) =>
        from source in citation.ValueKind is JsonValueKind.Object && citation.TryGetProperty("sources", out var sources) && sources.ValueKind is JsonValueKind.Array ? sources.EnumerateArray().ToList() : []
        let document = Member(source, "document")
        let url = Text(document, "url")
        where url is not null
        select new ChatAnnotation("url_citation", new ChatCitation(url, Text(document, "title"), Number(citation, "start"), Number(citation, "end")));

    private static IEnumerable<CohereBlock> Blocks(CohereAnswerMessage message, string type) => (message.Content ?? []).OfType<CohereBlock>().Where(block => block.Type == type);

    private static JsonElement Member(JsonElement element, string name) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
}
