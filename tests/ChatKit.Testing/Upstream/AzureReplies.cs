using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// What Azure OpenAI says besides OpenAI (https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter): the verdicts of its filter, in an answer
/// beside the choices and in a stream as a first chunk without any.
/// </summary>
public static class AzureReplies
{
    /// <summary>The filter's verdict on a prompt or an answer.</summary>
    public const string Verdict = """{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":false,"detected":false},"violence":{"filtered":false,"severity":"low"}}""";

    private const string Prompt = $$"""[{"prompt_index":0,"content_filter_results":{{Verdict}}}]""";

    /// <summary>This text, plain or streamed as the request asks.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) =>
        (request.Json.TryGetProperty("stream", out var stream) && stream.GetBoolean() ? Replies.Sse([Opening, .. Stream(text, request), "data: [DONE]\n\n"], delay: delay) : Replies.Json(Answer(text)))(request, http);

    /// <summary>An error in Azure's shape, its code the status or a word.</summary>
    public static Reply Error(int status, string message, string code, params (string, string)[] headers) =>
        Replies.Status(status, $$$"""{"error":{"code":{{{Quoted(code)}}},"message":{{{Quoted(message)}}}}}""", "application/json", headers);

    /// <summary>The refusal of a prompt by the filter.</summary>
    public static Reply Filtered { get; } = Replies.Status(
        400,
        """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}}""");

    /// <summary>The first chunk of a stream.</summary>
    public static string Opening { get; } = $$"""data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":{{Prompt}}}""" + "\n\n";

    private static IEnumerable<string> Stream(string text, ReceivedRequest request)
    {
        foreach (var word in OpenAiReplies.Words(text))
            yield return Chunk($$$"""[{"content_filter_results":{{{Verdict}}},"delta":{"content":{{{Quoted(word)}}},"role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}]""");
        yield return Chunk("""[{"content_filter_results":{},"delta":{},"finish_reason":"stop","index":0,"logprobs":null}]""");
        if (request.Json.TryGetProperty("stream_options", out _)) yield return Chunk("[]", Usage(text));
    }

    private static string Chunk(string choices, string usage = "null") =>
        $$"""data: {"choices":{{choices}},"created":1760000000,"id":"chatcmpl-azure","model":"gpt-4o-2024-11-20","object":"chat.completion.chunk","system_fingerprint":"fp_1","usage":{{usage}}}""" + "\n\n";

    private static string Answer(string text) =>
        $$$"""{"choices":[{"content_filter_results":{{{Verdict}}},"finish_reason":"stop","index":0,"logprobs":null,"message":{"content":{{{Quoted(text)}}},"refusal":null,"role":"assistant"}}],"created":1760000000,"id":"chatcmpl-azure","model":"gpt-4o-2024-11-20","object":"chat.completion","prompt_filter_results":{{{Prompt}}},"usage":{{{Usage(text)}}}}""";

    private static string Usage(string text)
    {
        var words = OpenAiReplies.Words(text).Count();
        return $$$"""{"completion_tokens":{{{words}}},"completion_tokens_details":{"reasoning_tokens":0},"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":4},"total_tokens":{{{words + 9}}}}""";
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
