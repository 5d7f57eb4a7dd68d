using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>Message → chat completion, and the vocabularies that plain and streamed answers share: why it ended, and what it cost.</summary>
internal static class AnthropicAnswerTranslator
{
    /// <summary>A whole answer, stamped with the client's name of the model.</summary>
    public static ChatCompletion Translate(MessagesAnswer answer, string clientModel, long created)
    {
        var message = new AnthropicMessage();
        foreach (var block in answer.Content!) message.Add(block);
        var choice = new ChatChoice(0, message.ToAnswer(), FinishReason(answer.StopReason, message.AnswersByTool))
        {
            ProviderSpecificFields = NativeFinish(answer.StopReason, answer.StopSequence, answer.StopDetails),
        };
        return new ChatCompletion(answer.Id!, created, clientModel, [choice], Usage(answer.Usage)) { ServiceTier = Tier(answer.Usage?.ServiceTier) };
    }

    /// <summary>The block as the client sees it and sends it back.</summary>
    public static ChatThinkingBlock Thinking(AnswerBlock block) =>
        new(block.Type!) { Thinking = block.Thinking, Signature = block.Signature, Data = block.Data };

    /// <summary>A call of a tool, or the first piece of one.</summary>
    public static ChatToolCall Call(AnswerBlock block, string arguments) =>
        new() { Id = block.Id, Type = "function", Function = new ChatFunctionCall(block.Name, arguments) };

    /// <summary>
    /// https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons. A reason that is not known ended the answer in order; so did the call of a tool
    /// that was the answer (<see cref="AnthropicFormat"/>).
    /// </summary>
    public static string FinishReason(string? stopReason, bool answersByTool) => stopReason switch
    {
        "max_tokens" or "model_context_window_exceeded" => "length",
        "tool_use" when !answersByTool => "tool_calls",
        "refusal" => "content_filter",
        _ => "stop",
    };

    public static string FinishReason(string? stopReason) => FinishReason(stopReason, answersByTool: false);

    /// <summary>The reason itself, where the finish reason says less.</summary>
    public static ChatNativeFinish? NativeFinish(string? stopReason, string? stopSequence, JsonElement? stopDetails)
    {
        var details = stopDetails is { ValueKind: JsonValueKind.Object } ? stopDetails : null;
        return stopReason is null || (details is null && stopReason is "end_turn" or "max_tokens" or "tool_use" or "refusal")
            ? null
            : new ChatNativeFinish(stopReason) { StopSequence = stopSequence, StopDetails = details };
    }

    /// <summary>Anthropic counts the cached parts of the prompt beside the input; here the input includes them.</summary>
    public static TokenUsage Tokens(MessagesUsage? usage) => new(
        Input: (usage?.InputTokens ?? 0) + (usage?.CacheReadInputTokens ?? 0) + (usage?.CacheCreationInputTokens ?? 0),
        Output: usage?.OutputTokens ?? 0,
        CacheRead: usage?.CacheReadInputTokens ?? 0,
        CacheCreation: usage?.CacheCreationInputTokens ?? 0,
        Reasoning: usage?.OutputTokensDetails?.ThinkingTokens ?? 0)
    {
        Details = usage?.CacheCreation?.HourInputTokens is > 0 || usage?.ServiceTier is "batch" or "priority" or "flex"
            ? new UsageDetails { CacheCreationHour = usage.CacheCreation?.HourInputTokens ?? 0, Tier = ServiceTiers.Parse(usage.ServiceTier) }
            : null,
    };

    public static ChatUsage Usage(MessagesUsage? usage)
    {
        var tokens = Tokens(usage);
        return new(tokens.Input, tokens.Output, tokens.Input + tokens.Output, new ChatPromptDetails(tokens.CacheRead), new ChatCompletionDetails(tokens.Reasoning))
        {
            CacheCreationInputTokens = tokens.CacheCreation,
            CacheReadInputTokens = tokens.CacheRead,
            ServerToolUse = usage?.ServerToolUse is { ValueKind: JsonValueKind.Object } runs ? runs : null,
        };
    }

    /// <summary>https://platform.claude.com/docs/en/api/service-tiers</summary>
    private static string? Tier(string? tier) => tier is "standard" ? "default" : tier;
}
