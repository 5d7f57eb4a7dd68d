using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatKit.Testing.Upstream;

/// <summary>What OpenAI says: completions, chunks and errors, in the shape and member order of the real provider.</summary>
public static class OpenAiReplies
{
    private const string Id = "chatcmpl-fake0123456789";

    /// <summary>This text, plain or streamed as the request asks, with usage as the real provider gives it.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) =>
    {
        var body = request.Json;
        var model = body.GetProperty("model").GetString()!;
        if (!IsTrue(body, "stream")) return Replies.Json(Completion(text, model))(request, http);
        var withUsage = body.TryGetProperty("stream_options", out var options) && options.ValueKind is JsonValueKind.Object && IsTrue(options, "include_usage");
        return Replies.Sse(Stream(text, model, withUsage), delay: delay)(request, http);
    };

    /// <summary>An error body with its status.</summary>
    public static Reply Error(int status, string message, string type, string? param = null, string? code = null, params (string, string)[] headers) =>
        Replies.Status(status, ErrorBody(message, type, param, code), "application/json", headers);

    /// <summary>429 with <c>Retry-After</c> and the provider's rate limit headers.</summary>
    public static Reply RateLimited(int retryAfterSeconds) =>
        Error(429, "Rate limit reached for requests", "requests", code: "rate_limit_exceeded", headers:
        [
            ("Retry-After", retryAfterSeconds.ToString(CultureInfo.InvariantCulture)),
            ("x-ratelimit-remaining-requests", "0"),
        ]);

    /// <summary>The first <paramref name="words"/> words as a stream, and then <paramref name="end"/>, with no finish and no terminal.</summary>
    public static Reply BrokenStream(int words, SseEnd end, TimeSpan delay = default) =>
        Replies.Sse(Stream("one two three four five six seven eight", "fake", withUsage: false).Take(words + 1), end, delay);

    /// <summary>A stream that waits after its first <paramref name="words"/> words.</summary>
    public static Reply Waiting(string text, int words, Task goOn) => async (_, http) =>
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        var sent = 0;
        foreach (var piece in Stream(text, "fake", withUsage: false))
        {
            if (sent++ == words + 1) await goOn.WaitAsync(http.RequestAborted);
            await http.Response.WriteAsync(piece, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    };

    /// <summary>A stream that reports an error after its first <paramref name="words"/> words (0: before anything else).</summary>
    public static Reply ErrorInStream(int words, string message = "The server had an error while processing your request.", TimeSpan delay = default) => Replies.Sse(
    [
        .. Stream("one two three four", "fake", withUsage: false).Take(words == 0 ? 0 : words + 1),
        $"data: {ErrorBody(message, "server_error", null, null)}\n\n",
    ], delay: delay);

    /// <summary>The events of a streamed text, role first, a word each, then finish, usage and <c>[DONE]</c>.</summary>
    public static IEnumerable<string> Stream(string text, string model, bool withUsage)
    {
        var usage = withUsage ? ",\"usage\":null" : "";
        yield return Chunk(model, """{"role":"assistant","content":"","refusal":null}""", "null", usage);
        foreach (var word in Words(text)) yield return Chunk(model, $"{{\"content\":{Quoted(word)}}}", "null", usage);
        yield return Chunk(model, "{}", "\"stop\"", usage);
        if (withUsage) yield return $"data: {{{Head("chat.completion.chunk", model)},\"choices\":[],\"usage\":{Usage(text)}}}\n\n";
        yield return "data: [DONE]\n\n";
    }

    /// <summary>A whole completion.</summary>
    public static string Completion(string text, string model) =>
        $$"""
        {{{Head("chat.completion", model)}},"choices":[{"index":0,"message":{"role":"assistant","content":{{Quoted(text)}},"refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{{Usage(text)}},"service_tier":"default","system_fingerprint":"fp_fake"}
        """;

    /// <summary>The text in the pieces that a stream sends it in.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != ' ') continue;
            yield return text[start..i];
            start = i;
        }

        if (start < text.Length) yield return text[start..];
    }

    private static string ErrorBody(string message, string type, string? param, string? code) =>
        $"{{\"error\":{{\"message\":{Quoted(message)},\"type\":{Quoted(type)},\"param\":{Quoted(param)},\"code\":{Quoted(code)}}}}}";

    private static string Chunk(string model, string delta, string finish, string usage) =>
        $"data: {{{Head("chat.completion.chunk", model)},\"choices\":[{{\"index\":0,\"delta\":{delta},\"logprobs\":null,\"finish_reason\":{finish}}}]{usage}}}\n\n";

    private static string Head(string kind, string model) =>
        $"\"id\":\"{Id}\",\"object\":\"{kind}\",\"created\":1760000000,\"model\":{Quoted(model)}";

    private static string Usage(string text)
    {
        const string Details = """
            "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}
            """;
        var words = Words(text).Count();
        return $"{{\"prompt_tokens\":9,\"completion_tokens\":{words},\"total_tokens\":{words + 9},{Details}}}";
    }

    private static string Quoted(string? text) =>
        text is null ? "null" : $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static bool IsTrue(JsonElement body, string member) => body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.True;
}
