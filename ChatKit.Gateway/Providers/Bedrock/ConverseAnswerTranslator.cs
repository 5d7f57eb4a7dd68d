using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>Converse's answer → chat completion, and the vocabularies that plain and streamed answers share: why it ended, and what it cost.</summary>
internal static class ConverseAnswerTranslator
{
    /// <summary>A whole answer, stamped with the client's name of the model.</summary>
    public static ChatCompletion Translate(ConverseAnswer answer, string id, string clientModel, long created)
    {
        var content = answer.Output!.Message!.Content!;
        var texts = content.SelectMany(Texts).ToList();
        var thinking = content.Select(static block => block?.ReasoningContent).OfType<ConverseReasoning>().Select(Thinking).ToList();
        var calls = content.Select(static block => block?.ToolUse).OfType<ConverseToolUse>().Where(static use => !IsAnswer(use.Name)).Select(static use => Call(use, Arguments(use))).ToList();
        var message = new ChatAnswer(texts.Count == 0 && calls.Count > 0 ? null : string.Concat(texts))
        {
            ReasoningContent = thinking.Count > 0 ? string.Concat(thinking.Select(static block => block.Thinking)) : null,
            ThinkingBlocks = thinking.Count > 0 ? thinking : null,
            ToolCalls = calls.Count > 0 ? calls : null,
        };
        var choice = new ChatChoice(0, message, FinishReason(answer.StopReason, calls.Count > 0)) { ProviderSpecificFields = NativeFinish(answer.StopReason, answer.Trace) };
        return new ChatCompletion(id, created, clientModel, [choice], Usage(Tokens(answer.Usage)));
    }

    /// <summary>True for the tool whose arguments are the answer itself (<see cref="ConverseStructure"/>).</summary>
    public static bool IsAnswer(string? tool) => tool == ConverseStructure.ToolName;

    /// <summary>A call of a tool, or the first piece of one.</summary>
    public static ChatToolCall Call(ConverseToolUse use, string arguments) => new() { Id = use.ToolUseId, Type = "function", Function = new ChatFunctionCall(use.Name, arguments) };

    /// <summary>
    /// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#bedrock-runtime_Converse-response-stopReason. An answer that a tool gave
    /// is an answer, and no call.
    /// </summary>
    public static string FinishReason(string? stopReason, bool hasCalls) => stopReason switch
    {
        "max_tokens" or "model_context_window_exceeded" => "length",
        "tool_use" when hasCalls => "tool_calls",
        "guardrail_intervened" or "content_filtered" => "content_filter",
        _ => "stop",
    };

    /// <summary>The reason itself, where the finish reason says less, and what a guardrail has to say about it.</summary>
    public static ChatNativeFinish? NativeFinish(string? stopReason, JsonElement? trace)
    {
        var details = trace is { ValueKind: JsonValueKind.Object } ? trace : null;
        return stopReason is null || (details is null && stopReason is "end_turn" or "max_tokens" or "tool_use") ? null : new ChatNativeFinish(stopReason) { StopDetails = details };
    }

    /// <summary>Bedrock counts the cached parts of the prompt beside the input; here the input includes them.</summary>
    public static TokenUsage Tokens(ConverseUsage? usage) => usage is null ? default : new(
        Input: usage.InputTokens + usage.CacheReadInputTokens + usage.CacheWriteInputTokens,
        Output: usage.OutputTokens,
        CacheRead: usage.CacheReadInputTokens,
        CacheCreation: usage.CacheWriteInputTokens)
    {
        Details = usage.CacheDetails?.Where(static detail => detail?.Ttl is "1h").Sum(static detail => detail!.InputTokens) is > 0 and var hour ? new UsageDetails { CacheCreationHour = hour } : null,
    };

    public static ChatUsage Usage(in TokenUsage tokens) =>
        new(tokens.Input, tokens.Output, tokens.Input + tokens.Output, new ChatPromptDetails(tokens.CacheRead), new ChatCompletionDetails(tokens.Reasoning))
        {
            CacheCreationInputTokens = tokens.CacheCreation,
            CacheReadInputTokens = tokens.CacheRead,
        };

    private static IEnumerable<string> Texts(ConverseBlock? block) => block switch
    {
        { Text: { } text } => [text],
        { ToolUse: { } use } when IsAnswer(use.Name) => [Arguments(use)],
        { CitationsContent.Content: { } cited } => cited.Select(static piece => piece?.Text).OfType<string>(),
        _ => [],
    };

    private static string Arguments(ConverseToolUse use) => use.Input is { ValueKind: not JsonValueKind.Undefined } input ? input.GetRawText() : "{}";

    private static ChatThinkingBlock Thinking(ConverseReasoning reasoning) => reasoning.RedactedContent is { } redacted
        ? new ChatThinkingBlock("redacted_thinking") { Data = redacted }
        : new ChatThinkingBlock("thinking") { Thinking = reasoning.ReasoningText?.Text ?? "", Signature = reasoning.ReasoningText?.Signature };
}
