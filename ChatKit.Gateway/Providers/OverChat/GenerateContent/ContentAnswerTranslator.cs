using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>Completion → generateContent answer, and the vocabulary that plain and streamed answers share.</summary>
internal static class ContentAnswerTranslator
{
    public static GenerateContentAnswer Translate(ChatReply reply, in AnswerFacts facts, string clientModel) => new()
    {
        Candidates = [.. (reply.Choices ?? []).Where(static choice => choice is not null).Select(static choice => Candidate(choice!))],
        UsageMetadata = Usage(facts.Usage),
        ModelVersion = clientModel,
        ResponseId = reply.Id,
    };

    /// <summary>Reasoning first, then text, then calls: the order in which models make them.</summary>
    public static IEnumerable<GeminiPart> Said(ChatReplyMessage message)
    {
        if (message.ThinkingBlocks is { Count: > 0 } blocks)
        {
            foreach (var block in blocks)
                if (block is { Type: "thinking" })
                    yield return new GeminiPart { Text = block.Thinking ?? "", Thought = true, ThoughtSignature = block.Signature is { Length: > 0 } seal ? seal : null };
        }
        else if (message.Thought is { Length: > 0 } thought) yield return new GeminiPart { Text = thought, Thought = true };

        if ((message.Content?.Text ?? "") + message.Refusal is { Length: > 0 } text) yield return new GeminiPart { Text = text };
    }

    /// <summary>Arguments that are no object, which a model may make, stay readable in one.</summary>
    public static GeminiPart Call(string? id, string name, string? arguments) => new()
    {
        FunctionCall = new GeminiFunctionCall(name, ToolArguments.Read(arguments) ?? ChatBody.Json($$"""{"arguments":{{ChatBody.Text(arguments!).GetRawText()}}}""")) { Id = id },
    };

    /// <summary>https://ai.google.dev/api/generate-content#FinishReason; the provider's own where it is one of these.</summary>
    public static string FinishReason(string? finish) => finish switch
    {
        "length" => "MAX_TOKENS",
        "content_filter" => "SAFETY",
        _ => "STOP",
    };

    public static GeminiUsage? Usage(TokenUsage? tokens) => tokens is { } counted ? new GeminiUsage
    {
        PromptTokenCount = counted.Input,
        CachedContentTokenCount = counted.CacheRead > 0 ? counted.CacheRead : null,
        CandidatesTokenCount = Math.Max(0, counted.Output - counted.Reasoning),
        ThoughtsTokenCount = counted.Reasoning > 0 ? counted.Reasoning : null,
        TotalTokenCount = counted.Input + counted.Output,
    } : null;

    /// <summary>The pages that the text comes from (https://ai.google.dev/gemini-api/docs/google-search); null where there are none.</summary>
    public static JsonElement? Grounding(IReadOnlyList<ChatAnnotation?>? annotations)
    {
        var pages = annotations?.Select(static note => note?.UrlCitation).Where(static page => page?.Url is not null).DistinctBy(static page => page!.Url).ToList();
        if (pages is not { Count: > 0 }) return null;
        var chunks = pages.Select(static page => $$$"""{"web":{"uri":{{{ChatBody.Text(page!.Url!).GetRawText()}}},"title":{{{ChatBody.Text(page.Title ?? "").GetRawText()}}}}}""");
        return ChatBody.Json($$"""{"groundingChunks":[{{string.Join(',', chunks)}}]}""");
    }

    public static GeminiLogprobs? Logprobs(JsonElement? given)
    {
        if (given is not { ValueKind: JsonValueKind.Object } logprobs || !logprobs.TryGetProperty("content", out var tokens) || tokens.ValueKind is not JsonValueKind.Array) return null;
        var rows = tokens.EnumerateArray().Where(static token => token.ValueKind is JsonValueKind.Object).ToList();
        return new GeminiLogprobs
        {
            ChosenCandidates = [.. rows.Select(Token)],
            TopCandidates = [.. rows.Select(static row => new GeminiTopTokens(row.TryGetProperty("top_logprobs", out var top) && top.ValueKind is JsonValueKind.Array ? [.. top.EnumerateArray().Where(static token => token.ValueKind is JsonValueKind.Object).Select(Token)] : []))],
        };
    }

    private static GeminiCandidate Candidate(ChatReplyChoice choice)
    {
        var message = choice.Message ?? new ChatReplyMessage();
        var parts = Said(message).ToList();
        foreach (var call in message.ToolCalls ?? [])
            if (call?.Function is { } function)
                parts.Add(Call(call.Id, function.Name ?? "", function.Arguments));
        if (parts.Count == 0) parts.Add(new GeminiPart { Text = "" });
        return new GeminiCandidate
        {
            Content = new GeminiContent("model", parts),
            FinishReason = FinishReason(choice.FinishReason),
            Index = choice.Index,
            GroundingMetadata = Grounding(message.Annotations),
            LogprobsResult = Logprobs(choice.Logprobs),
        };
    }

    private static GeminiToken Token(JsonElement token) => new(
        token.TryGetProperty("token", out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null,
        token.TryGetProperty("logprob", out var number) && number.ValueKind is JsonValueKind.Number ? number.GetDouble() : null);
}
