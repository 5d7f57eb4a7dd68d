using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What Cohere says: messages, events, vectors, rankings and errors, in the shape and member order of its OpenAPI examples.</summary>
public static class CohereReplies
{
    private const string Id = "c14c80c3-18eb-4519-9460-6c92edd8cfb4";

    /// <summary>One vector a text: its place and a constant.</summary>
    public static Reply Embeddings { get; } = (request, http) =>
    {
        var body = request.Json;
        var count = (body.TryGetProperty("texts", out var texts) ? texts : body.GetProperty("images")).GetArrayLength();
        var vectors = string.Join(',', Enumerable.Range(0, count).Select(i => $"[{i}.25,-0.0625]"));
        return Replies.Json($$$"""{"id":"{{{Id}}}","embeddings":{"float":[{{{vectors}}}]},"texts":[],"meta":{"api_version":{"version":"2"},"billed_units":{"input_tokens":{{{count * 2}}}}},"response_type":"embeddings_by_type"}""")(request, http);
    };

    /// <summary>The documents in reverse order, the first <c>top_n</c> of them.</summary>
    public static Reply Ranking { get; } = (request, http) =>
    {
        var body = request.Json;
        var count = body.GetProperty("documents").GetArrayLength();
        var top = body.TryGetProperty("top_n", out var asked) ? asked.GetInt32() : count;
        var results = Enumerable.Range(0, count).Reverse().Take(top).Select(i => $$"""{"index":{{i}},"relevance_score":0.{{i}}99071}""");
        return Replies.Json($$$$"""{"results":[{{{{string.Join(',', results)}}}}],"id":"{{{{Id}}}}","meta":{"api_version":{"version":"2"},"billed_units":{"search_units":1}}}""")(request, http);
    };

    /// <summary>This text, plain or streamed as the request asks.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) =>
    {
        var streamed = request.Json.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;
        return (streamed ? Replies.Sse(Stream(text), delay: delay) : Replies.Json(Message($$"""[{"type":"text","text":{{Quoted(text)}}}]""", "COMPLETE", OpenAiReplies.Words(text).Count())))(request, http);
    };

    /// <summary>An error body with its status.</summary>
    public static Reply Error(int status, string message, params (string, string)[] headers) =>
        Replies.Status(status, $$"""{"id":"{{Id}}","message":{{Quoted(message)}}}""", "application/json", headers);

    /// <summary>The first <paramref name="words"/> words as a stream, and then <paramref name="end"/>, with no end of the message.</summary>
    public static Reply BrokenStream(int words, SseEnd end, TimeSpan delay = default) => Replies.Sse(Opening().Concat(Deltas("one two three four five six seven eight").Take(words)), end, delay);

    /// <summary>A stream that ends with an error after its first <paramref name="words"/> words.</summary>
    public static Reply ErrorInStream(int words, TimeSpan delay = default) => Replies.Sse(
        [.. Opening(), .. Deltas("one two three four").Take(words), Event("message-end", """{"type":"message-end","id":"c14c80c3","delta":{"error":"internal error","finish_reason":"ERROR"}}""")], delay: delay);

    /// <summary>A whole message; 4 of its 9 billed input tokens came from the cache.</summary>
    public static string Message(string content, string finish, int words, string more = "") =>
        $$$"""{"id":"{{{Id}}}","message":{"role":"assistant","content":{{{content}}}{{{more}}}},"finish_reason":"{{{finish}}}","usage":{{{Usage(words)}}}}""";

    /// <summary>One event in the provider's framing.</summary>
    public static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    /// <summary>The events of a streamed text.</summary>
    public static IEnumerable<string> Stream(string text) =>
    [
        .. Opening(), .. Deltas(text),
        Event("content-end", """{"type":"content-end","index":0}"""),
        End("COMPLETE", OpenAiReplies.Words(text).Count()),
    ];

    /// <summary>The event that begins a message.</summary>
    public static string Start { get; } = Event("message-start", $$$$"""{"id":"{{{{Id}}}}","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}""");

    /// <summary>The event that ends it.</summary>
    public static string End(string finish, int words) => Event("message-end", $$$"""{"type":"message-end","delta":{"finish_reason":"{{{finish}}}","usage":{{{Usage(words)}}}}}""");

    private static IEnumerable<string> Opening() => [Start, Event("content-start", """{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}""")];

    private static IEnumerable<string> Deltas(string text) => OpenAiReplies.Words(text)
        .Select(word => Event("content-delta", $$$$$"""{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":{{{{{Quoted(word)}}}}}}}}}"""));

    private static string Usage(int words) => $$$"""{"billed_units":{"input_tokens":9.0,"output_tokens":{{{words}}}},"tokens":{"input_tokens":210,"output_tokens":{{{words + 2}}}},"cached_tokens":4}""";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
