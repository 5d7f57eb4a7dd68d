using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What Anthropic says: messages, events and errors, in the shape and member order of the real provider.</summary>
public static class AnthropicReplies
{
    private const string Id = "msg_01FakeAnthropicMessage00";
    private const string RequestId = "req_011FakeAnthropicRequest0";

    /// <summary>This text, plain or streamed as the request asks.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) =>
    {
        http.Response.Headers["request-id"] = RequestId;
        var body = request.Json;
        var model = body.GetProperty("model").GetString()!;
        var streamed = body.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;
        return (streamed ? Replies.Sse(Stream(text, model), delay: delay) : Replies.Json(Message(text, model)))(request, http);
    };

    /// <summary>This text; 14 tokens where the request asks only for their number.</summary>
    public static Reply Usual(string text) => (request, http) =>
        (request.Path.EndsWith("/count_tokens", StringComparison.Ordinal) ? Replies.Json("""{"input_tokens":14}""") : Text(text))(request, http);

    /// <summary>An error body with its status.</summary>
    public static Reply Error(int status, string message, string type, params (string, string)[] headers) =>
        Replies.Status(status, ErrorBody(message, type), "application/json", [("request-id", RequestId), .. headers]);

    /// <summary>429 with <c>retry-after</c>.</summary>
    public static Reply RateLimited(int retryAfterSeconds) =>
        Error(429, "This request would exceed your organization's rate limit.", "rate_limit_error", ("retry-after", retryAfterSeconds.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The first <paramref name="words"/> words as a stream, and then <paramref name="end"/>, with no finish and no terminal.</summary>
    public static Reply BrokenStream(int words, SseEnd end, TimeSpan delay = default) =>
        Replies.Sse(Opening("fake").Concat(Deltas("one two three four five six seven eight").Take(words)), end, delay);

    /// <summary>A stream that reports an error after its first <paramref name="words"/> words (0: before any content).</summary>
    public static Reply ErrorInStream(int words, string message = "Overloaded", string type = "overloaded_error", TimeSpan delay = default) =>
        Replies.Sse([.. Opening("fake"), .. Deltas("one two three four").Take(words), Event("error", ErrorBody(message, type))], delay: delay);

    /// <summary>A call of one tool with these arguments, which come in pieces where the answer is streamed.</summary>
    public static Reply ToolCall(string name, string arguments) => (request, http) =>
    {
        var model = request.Json.GetProperty("model").GetString()!;
        var streamed = request.Json.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True;
        return (streamed ? Replies.Sse(
        [
            Opening(model).First(),
            Event("content_block_start", $$$"""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":{{{Quoted(name)}}},"input":{} }}"""),
            .. arguments.Chunk(4).Select(static piece => Event("content_block_delta", $$$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":{{{{Quoted(new string(piece))}}}}}}""")),
            Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
            Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":9}}"""),
            Event("message_stop", """{"type":"message_stop"}"""),
        ]) : Replies.Json($$$"""{"id":"{{{Id}}}","type":"message","role":"assistant","model":{{{Quoted(model)}}},"content":[{"type":"tool_use","id":"toolu_1","name":{{{Quoted(name)}}},"input":{{{arguments}}}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{{{Usage(9)}}}}"""))(request, http);
    };

    /// <summary>The events of a streamed text, a ping among them.</summary>
    public static IEnumerable<string> Stream(string text, string model) =>
    [
        .. Opening(model),
        .. Deltas(text),
        Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
        Event("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":{{{OpenAiReplies.Words(text).Count()}}}}}"""),
        Event("message_stop", """{"type":"message_stop"}"""),
    ];

    /// <summary>A whole message; 4 of its 9 input tokens came from the cache.</summary>
    public static string Message(string text, string model) =>
        $$$"""
        {"id":"{{{Id}}}","type":"message","role":"assistant","model":{{{Quoted(model)}}},"content":[{"type":"text","text":{{{Quoted(text)}}}}],"stop_reason":"end_turn","stop_sequence":null,"usage":{{{Usage(OpenAiReplies.Words(text).Count())}}}}
        """;

    /// <summary>One event in the provider's framing.</summary>
    public static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private static IEnumerable<string> Opening(string model) =>
    [
        Event("message_start", $$$"""{"type":"message_start","message":{"id":"{{{Id}}}","type":"message","role":"assistant","model":{{{Quoted(model)}}},"content":[],"stop_reason":null,"stop_sequence":null,"usage":{{{Usage(1)}}}}}"""),
        Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
        Event("ping", """{"type": "ping"}"""),
    ];

    private static IEnumerable<string> Deltas(string text) => OpenAiReplies.Words(text)
        .Select(word => Event("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{Quoted(word)}}}}}"""));

    private static string Usage(int output) =>
        $$"""{"input_tokens":5,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":{{output}},"service_tier":"standard"}""";

    private static string ErrorBody(string message, string type) =>
        $$$"""{"type":"error","error":{"type":{{{Quoted(type)}}},"message":{{{Quoted(message)}}}},"request_id":"{{{RequestId}}}"}""";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
