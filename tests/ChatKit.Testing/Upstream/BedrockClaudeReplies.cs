using System.Text;

namespace ChatKit.Testing.Upstream;

/// <summary>What InvokeModel says with a Claude model: Anthropic's answers, and its events in chunks of base64.</summary>
public static class BedrockClaudeReplies
{
    /// <summary>This text, plain or streamed as the path asks.</summary>
    public static Reply Text(string text) => (request, http) => (BedrockDialect.IsStream(request)
        ? BedrockReplies.Stream(AnthropicReplies.Stream(text, "claude-sonnet-4-5-20250929").Select(Chunk))
        : Replies.Json(AnthropicReplies.Message(text, "claude-sonnet-4-5-20250929")))(request, http);

    /// <summary>The first <paramref name="events"/> events of a stream, and then an exception.</summary>
    public static Reply Broken(int events, string exception, string message) => BedrockReplies.Stream(
    [
        .. AnthropicReplies.Stream("one two three", "claude").Take(events).Select(Chunk),
        EventStreamFrame.Exception(exception, $$"""{"message":"{{message}}"}"""),
    ], delay: TimeSpan.FromMilliseconds(40));

    /// <summary>One server-sent event as a chunk; the last one carries Bedrock's own count.</summary>
    public static byte[] Chunk(string serverSent)
    {
        var data = serverSent.Split('\n').Single(static line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..];
        if (data.Contains("message_stop", StringComparison.Ordinal)) data = """{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":5,"outputTokenCount":5,"invocationLatency":551}}""";
        return EventStreamFrame.Event("chunk", $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}","p":"abcdef"}""");
    }
}
