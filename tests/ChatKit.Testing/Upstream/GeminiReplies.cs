using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What Gemini says: answers, events and errors, in the shape and member order of the real provider.</summary>
public static class GeminiReplies
{
    private const string Tail = "\"modelVersion\":\"gemini-3.5-flash\",\"responseId\":\"8HBeaPC5CO-QvdIP4tS5iA0\"";

    /// <summary>This text, plain or streamed as the request asks.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) =>
        (request.Path.EndsWith(":countTokens", StringComparison.Ordinal) ? Replies.Json("""{"totalTokens":31,"promptTokensDetails":[{"modality":"TEXT","tokenCount":31}]}""")
            : IsStream(request) ? Replies.Sse(Stream(text), delay: delay)
            : Replies.Json(Answer($$"""{"text":{{Quoted(text)}}}""", "STOP", OpenAiReplies.Words(text).Count())))(request, http);

    /// <summary>True where the method streams.</summary>
    public static bool IsStream(ReceivedRequest request) => request.Path.EndsWith(":streamGenerateContent", StringComparison.Ordinal);

    /// <summary>An error body with its status.</summary>
    public static Reply Error(int status, string message, string word, string? details = null, params (string, string)[] headers) =>
        Replies.Status(status, ErrorBody(status, message, word, details), "application/json; charset=UTF-8", headers);

    /// <summary>The first <paramref name="words"/> words as a stream, and then <paramref name="end"/>, with no finish.</summary>
    public static Reply BrokenStream(int words, SseEnd end, TimeSpan delay = default) =>
        Replies.Sse(Stream("one two three four five six seven eight").Take(words), end, delay);

    /// <summary>A stream that reports an error after its first <paramref name="words"/> words.</summary>
    public static Reply ErrorInStream(int words, TimeSpan delay = default) => Replies.Sse(
        [.. Stream("one two three four").Take(words), Event(ErrorBody(503, "The model is overloaded. Please try again later.", "UNAVAILABLE", null))], delay: delay);

    /// <summary>One event in the provider's framing.</summary>
    public static string Event(string data) => $"data: {data}\r\n\r\n";

    /// <summary>A whole answer, or an event with these parts.</summary>
    public static string Answer(string parts, string? finish, int tokens) =>
        $$$"""{"candidates":[{"content":{"parts":[{{{parts}}}],"role":"model"}{{{(finish is null ? "" : $",\"finishReason\":\"{finish}\"")}}},"index":0}],"usageMetadata":{{{Usage(tokens)}}},{{{Tail}}}}""";

    /// <summary>Two of the output's tokens were thoughts, 4 of the input's 9 came from the cache.</summary>
    private static string Usage(int tokens) =>
        $$"""{"promptTokenCount":9,"candidatesTokenCount":{{Math.Max(tokens - 2, 0)}},"totalTokenCount":{{9 + tokens}},"cachedContentTokenCount":4,"promptTokensDetails":[{"modality":"TEXT","tokenCount":9}],"thoughtsTokenCount":2}""";

    private static IEnumerable<string> Stream(string text)
    {
        var words = OpenAiReplies.Words(text).ToList();
        for (var i = 0; i < words.Count; i++) yield return Event(Answer($$"""{"text":{{Quoted(words[i])}}}""", null, i + 1));
        yield return Event(Answer("""{"text":""}""", "STOP", words.Count));
    }

    private static string ErrorBody(int status, string message, string word, string? details) =>
        $$$"""{"error":{"code":{{{status}}},"message":{{{Quoted(message)}}},"status":"{{{word}}}"{{{(details is null ? "" : $",\"details\":{details}")}}}}}""";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
