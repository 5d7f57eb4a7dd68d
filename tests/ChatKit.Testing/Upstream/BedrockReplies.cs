using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What Bedrock's Converse says: answers, events and errors, in the shape and member order of the real service.</summary>
public static class BedrockReplies
{
    /// <summary>The framing of its streams.</summary>
    public const string MediaType = "application/vnd.amazon.eventstream";

    /// <summary>This text, plain or streamed as the path asks.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) =>
        (BedrockDialect.IsStream(request) ? Stream([.. Opening, .. Deltas(text), .. Ending(Words(text))], delay: delay) : Replies.Json(Answer(text)))(request, http);

    /// <summary>An error answer: what it is stands in a header, and here in the body too.</summary>
    public static Reply Error(int status, string message, string type, params (string, string)[] headers) =>
        Replies.Status(status, $$"""{"__type":{{Quoted(type)}},"message":{{Quoted(message)}}}""", "application/json", [("x-amzn-ErrorType", type), .. headers]);

    /// <summary>Messages of an event stream, one flush each.</summary>
    public static Reply Stream(IEnumerable<byte[]> messages, SseEnd end = SseEnd.Close, TimeSpan delay = default) => Replies.Stream(MediaType, messages, end, delay);

    /// <summary>The first <paramref name="words"/> words as a stream, and then <paramref name="end"/>, with no stop and no usage.</summary>
    public static Reply BrokenStream(int words, SseEnd end, TimeSpan delay = default) => Stream([.. Opening, .. Deltas("one two three four five six").Take(words)], end, delay);

    /// <summary>A stream that ends in an exception after its first <paramref name="words"/> words.</summary>
    public static Reply ErrorInStream(int words, TimeSpan delay = default) =>
        Stream([.. Opening, .. Deltas("one two three four").Take(words), EventStreamFrame.Exception("serviceUnavailableException", """{"message":"Bedrock is unable to process your request."}""")], delay: delay);

    /// <summary>How every stream begins.</summary>
    public static IReadOnlyList<byte[]> Opening { get; } = [EventStreamFrame.Event("messageStart", """{"p":"abcd","role":"assistant"}""")];

    /// <summary>How a stream of text ends.</summary>
    public static IReadOnlyList<byte[]> Ending(int words, string stopReason = "end_turn") =>
    [
        EventStreamFrame.Event("contentBlockStop", """{"contentBlockIndex":0,"p":"abc"}"""),
        EventStreamFrame.Event("messageStop", $$"""{"p":"abcdefgh","stopReason":{{Quoted(stopReason)}}}"""),
        EventStreamFrame.Event("metadata", $$"""{"metrics":{"latencyMs":551},"p":"a","usage":{{Usage(words)}}}"""),
    ];

    /// <summary>A block of an event stream's payload for each word.</summary>
    public static IEnumerable<byte[]> Deltas(string text) => OpenAiReplies.Words(text)
        .Select(static word => EventStreamFrame.Event("contentBlockDelta", $$$"""{"contentBlockIndex":0,"delta":{"text":{{{Quoted(word)}}}},"p":"abcdefghijklmn"}"""));

    /// <summary>Four of the nine tokens of the prompt came from the cache.</summary>
    public static string Usage(int output) =>
        $$"""{"cacheReadInputTokens":4,"cacheWriteInputTokens":0,"inputTokens":5,"outputTokens":{{output}},"serverToolUsage":{},"totalTokens":{{9 + output}}}""";

    private static string Answer(string text) =>
        $$$"""{"metrics":{"latencyMs":551},"output":{"message":{"content":[{"text":{{{Quoted(text)}}}}],"role":"assistant"}},"stopReason":"end_turn","usage":{{{Usage(Words(text))}}}}""";

    private static int Words(string text) => OpenAiReplies.Words(text).Count();

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
