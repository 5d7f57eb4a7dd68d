using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>Completion → message, and the vocabulary that plain and streamed answers share.</summary>
internal static class MessagesAnswerTranslator
{
    /// <summary>Thinking first, then text, then calls: the order in which models make them.</summary>
    public static GivenMessage Translate(ChatReply reply, in AnswerFacts facts, string clientModel)
    {
        var message = reply.First?.Message ?? new ChatReplyMessage();
        var content = new List<GivenBlock>(Thinking(message));
        if ((message.Content?.Text ?? "") + message.Refusal is { Length: > 0 } text) content.Add(new GivenBlock("text") { Text = text, Citations = Citations(message.Annotations) });
        for (var i = 0; i < message.ToolCalls?.Count; i++)
            if (message.ToolCalls[i] is { Function: { } function } call)
                content.Add(ToolUse(call.Id ?? $"call_{i}", function.Name ?? "", Input(function.Arguments)));
        var native = reply.First?.ProviderSpecificFields;
        return new GivenMessage(Id(reply.Id), clientModel, content, Usage(facts.Usage))
        {
            StopReason = message.Refusal is { Length: > 0 } ? "refusal" : StopReason(reply.First?.FinishReason, native),
            StopSequence = native?.StopSequence,
        };
    }

    public static GivenBlock ToolUse(string id, string name, JsonElement input) => new("tool_use") { Id = id, Name = name, Input = input, Caller = GivenCaller.Direct };

    /// <summary>An id of Anthropic's form that still tells which answer of the provider it was.</summary>
    public static string Id(string? id) => id?.StartsWith("msg_", StringComparison.Ordinal) is true ? id : $"msg_{id}";

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons; the provider's own reason where it has one of these.</summary>
    public static string StopReason(string? finish, ChatNativeFinish? native) => native?.StopReason switch
    {
        "stop_sequence" or "pause_turn" or "refusal" or "model_context_window_exceeded" => native.StopReason,
        _ => finish switch
        {
            "length" => "max_tokens",
            "tool_calls" or "function_call" => "tool_use",
            "content_filter" => "refusal",
            _ => "end_turn",
        },
    };

    /// <summary>The cached parts of the prompt stand beside the input, not in it.</summary>
    public static GivenUsage Usage(TokenUsage? tokens) => tokens is { } counted
        ? new GivenUsage(Math.Max(0, counted.Input - counted.CacheRead - counted.CacheCreation), counted.CacheCreation, counted.CacheRead, counted.Output) { ServiceTier = "standard" }
        : new GivenUsage(0, 0, 0, 0) { ServiceTier = "standard" };

    public static IReadOnlyList<GivenCitation>? Citations(IReadOnlyList<ChatAnnotation?>? annotations)
    {
        var pages = annotations?.Where(static note => note?.UrlCitation is not null).Select(static note => new GivenCitation(note!.UrlCitation!.Url, note.UrlCitation.Title)).ToList();
        return pages is { Count: > 0 } ? pages : null;
    }

    /// <summary>Signed blocks where there are any, else the reasoning as one block without a seal.</summary>
    private static IEnumerable<GivenBlock> Thinking(ChatReplyMessage message)
    {
        if (message.ThinkingBlocks is { Count: > 0 } blocks)
        {
            return from block in blocks
                   where block is not null
                   select block.Type is "redacted_thinking"
                       ? new GivenBlock("redacted_thinking") { Data = block.Data ?? "" }
                       : new GivenBlock("thinking") { Thinking = block.Thinking ?? "", Signature = block.Signature ?? "" };
        }

        return message.Thought is { Length: > 0 } thought ? [new GivenBlock("thinking") { Thinking = thought, Signature = "" }] : [];
    }

    /// <summary>Arguments that are no object, which a model may make, stay readable in one.</summary>
    private static JsonElement Input(string? arguments) =>
        ToolArguments.Read(arguments) ?? ChatBody.Json($$"""{"arguments":{{ChatBody.Text(arguments!).GetRawText()}}}""");
}
