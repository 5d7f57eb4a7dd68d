using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>Completion → response, and the vocabulary that plain and streamed answers share.</summary>
internal static class ResponsesAnswerTranslator
{
    /// <summary>Reasoning first, then the message, then calls: the order in which models make them.</summary>
    public static GivenResponse Translate(ChatReply reply, in AnswerFacts facts, GivenResponse shell, ResponseIds ids)
    {
        var message = reply.First?.Message ?? new ChatReplyMessage();
        var output = new List<OutputItem>();
        var thoughts = message.ThinkingBlocks?.OfType<ChatThinkingBlock>().ToList() ?? [];
        var isCut = Incomplete(reply.First?.FinishReason) is not null;
        if (message.Thought is { Length: > 0 } || thoughts.Count > 0)
            output.Add(Reasoning(ids.Next("rs"), message.Thought ?? string.Concat(thoughts.Select(static block => block.Thinking)), thoughts));
        var parts = Parts(message);
        if (parts.Count > 0) output.Add(Message(ids.Next("msg"), parts, isCut));
        for (var i = 0; i < message.ToolCalls?.Count; i++)
            if (message.ToolCalls[i] is { Function: { } function } call)
                output.Add(Call(ids.Next("fc"), call.Id ?? $"call_{i}", function.Name ?? "", function.Arguments is { Length: > 0 } arguments ? arguments : "{}"));
        return Complete(shell, output, reply.First?.FinishReason, reply.ServiceTier, facts);
    }

    /// <summary>The response at its end.</summary>
    public static GivenResponse Complete(GivenResponse shell, IReadOnlyList<OutputItem> output, string? finish, string? tier, in AnswerFacts facts) => shell with
    {
        Status = Incomplete(finish) is null ? "completed" : "incomplete",
        IncompleteDetails = Incomplete(finish),
        Output = output,
        ServiceTier = tier ?? shell.ServiceTier,
        Usage = Usage(facts.Usage),
    };

    public static OutputItem Reasoning(string id, string text, List<ChatThinkingBlock> blocks) => new(id, "reasoning")
    {
        Summary = text.Length > 0 ? [new OutputPart("summary_text") { Text = text }] : [],
        EncryptedContent = SealedReasoning.Write(blocks),
    };

    public static OutputItem Message(string id, IReadOnlyList<OutputPart> parts, bool isCut) => new(id, "message")
    {
        Status = isCut ? "incomplete" : "completed",
        Role = "assistant",
        Content = parts,
    };

    public static OutputItem Call(string id, string callId, string name, string arguments) => new(id, "function_call")
    {
        Status = "completed",
        CallId = callId,
        Name = name,
        Arguments = arguments,
    };

    public static OutputPart Text(string text, IReadOnlyList<OutputAnnotation> annotations) => new("output_text") { Text = text, Annotations = annotations, Logprobs = [] };

    public static IReadOnlyList<OutputAnnotation> Annotations(IReadOnlyList<ChatAnnotation?>? annotations) =>
        [.. from note in annotations ?? []
            let page = note?.UrlCitation
            where page is not null
            select new OutputAnnotation(page.Url, page.Title, page.StartIndex ?? 0, page.EndIndex ?? 0)];

    private static List<OutputPart> Parts(ChatReplyMessage message)
    {
        var parts = new List<OutputPart>();
        if (message.Content?.Text is { Length: > 0 } text) parts.Add(Text(text, Annotations(message.Annotations)));
        if (message.Refusal is { Length: > 0 } refusal) parts.Add(new OutputPart("refusal") { Refusal = refusal });
        return parts;
    }

    /// <summary>Why it is not whole; null where it is.</summary>
    private static IncompleteDetails? Incomplete(string? finish) => finish switch
    {
        "length" => new IncompleteDetails("max_output_tokens"),
        "content_filter" => new IncompleteDetails("content_filter"),
        _ => null,
    };

    private static ResponseUsage? Usage(TokenUsage? tokens) => tokens is { } counted
        ? new ResponseUsage(counted.Input, new InputDetails(counted.CacheRead), counted.Output, new OutputDetails(counted.Reasoning), counted.Input + counted.Output)
        : null;
}
