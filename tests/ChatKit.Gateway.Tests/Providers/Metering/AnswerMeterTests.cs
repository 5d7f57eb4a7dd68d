using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Metering;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Metering;

/// <summary>What answers say about themselves, in every API's words, whole and in events, wherever the bytes are cut.</summary>
public sealed class AnswerMeterTests
{
    private const string Json = "application/json";
    private const string Sse = "text/event-stream";

    [Theory]
    [InlineData(UsageFormat.OpenAi, Json, """{"id":"c","model":"m","usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":2},"completion_tokens_details":{"reasoning_tokens":1}}}""", 7, 3, 2, 1)]
    [InlineData(UsageFormat.OpenAi, Json, """{"object":"list","model":"e","usage":{"prompt_tokens":8,"total_tokens":8}}""", 8, 0, 0, 0)]
    [InlineData(UsageFormat.OpenAi, Json, """{"id":"resp","usage":{"input_tokens":7,"output_tokens":3,"input_tokens_details":{"cached_tokens":2},"output_tokens_details":{"reasoning_tokens":1}}}""", 7, 3, 2, 1)]
    [InlineData(UsageFormat.OpenAi, Sse, "data: {\"id\":\"c\",\"choices\":[{}]}\n\ndata: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\ndata: [DONE]\n\n", 7, 3, 0, 0)]
    [InlineData(UsageFormat.OpenAi, Sse, "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp\",\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}}\n\n", 7, 3, 0, 0)]
    [InlineData(UsageFormat.Anthropic, Json, """{"type":"message","id":"msg","model":"m","stop_reason":"end_turn","usage":{"input_tokens":3,"cache_read_input_tokens":4,"cache_creation_input_tokens":1,"output_tokens":5}}""", 8, 5, 4, 0)]
    [InlineData(UsageFormat.Anthropic, Sse, "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg\",\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\nevent: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}\n\n", 3, 9, 0, 0)]
    [InlineData(UsageFormat.Gemini, Json, """{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":3,"thoughtsTokenCount":2,"cachedContentTokenCount":4}}""", 7, 5, 4, 2)]
    [InlineData(UsageFormat.Gemini, Json, """[{"usageMetadata":{"promptTokenCount":7}},{"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":3}}]""", 7, 3, 0, 0)]
    [InlineData(UsageFormat.Gemini, Sse, "data: {\"usageMetadata\":{\"promptTokenCount\":7}}\r\n\r\ndata: {\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3}}\r\n\r\n", 7, 3, 0, 0)]
    [InlineData(UsageFormat.Gemini, Json, """{"type":"message","id":"msg","usage":{"input_tokens":3,"output_tokens":5}}""", 3, 5, 0, 0)]
    [InlineData(UsageFormat.Cohere, Json, """{"id":"c","usage":{"billed_units":{"input_tokens":1},"tokens":{"input_tokens":7.0,"output_tokens":3.0}}}""", 7, 3, 0, 0)]
    [InlineData(UsageFormat.Cohere, Json, """{"generation_id":"c","meta":{"billed_units":{"input_tokens":7,"output_tokens":3}}}""", 7, 3, 0, 0)]
    [InlineData(UsageFormat.Cohere, Sse, "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"tokens\":{\"input_tokens\":7,\"output_tokens\":3}}}}\n\n", 7, 3, 0, 0)]
    [InlineData(UsageFormat.Bedrock, Json, """{"output":{},"stopReason":"end_turn","usage":{"inputTokens":3,"outputTokens":5,"totalTokens":12,"cacheReadInputTokens":4}}""", 7, 5, 4, 0)]
    public void Usage_is_read_wherever_the_bytes_are_cut(object format, string mediaType, string answer, long input, long output, long cached, long reasoning)
    {
        var bytes = Encoding.UTF8.GetBytes(answer);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            using var meter = AnswerMeter.Of((UsageFormat)format, new Head(200, mediaType));
            meter.Take(bytes.AsSpan(0, cut));
            meter.Take(bytes.AsSpan(cut));

            var usage = meter.Facts.Usage!.Value;
            Assert.Equal((input, output, cached, reasoning), (usage.Input, usage.Output, usage.CacheRead, usage.Reasoning));
        }
    }

    [Fact]
    public void Bedrock_s_stream_and_its_chunks_are_read()
    {
        var metrics = Convert.ToBase64String("""{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":3,"outputTokenCount":5,"cacheReadInputTokenCount":4}}"""u8);
        foreach (var frame in (byte[][])[EventStreamFrame.Event("metadata", """{"usage":{"inputTokens":3,"outputTokens":5,"cacheReadInputTokens":4}}"""), EventStreamFrame.Event("chunk", $$"""{"bytes":"{{metrics}}"}""")])
        {
            using var meter = AnswerMeter.Of(UsageFormat.Bedrock, new Head(200, BedrockReplies.MediaType));
            meter.Take(frame);

            Assert.Equal(new TokenUsage(7, 5, 4), meter.Facts.Usage);
        }
    }

    [Fact]
    public void An_invocation_s_usage_stands_in_its_headers()
    {
        using var meter = AnswerMeter.Of(UsageFormat.Bedrock, new Head(200, Json, ("X-Amzn-Bedrock-Input-Token-Count", "7"), ("X-Amzn-Bedrock-Output-Token-Count", "5")));
        meter.Take("""{"generation":"Hi","usage":{}}"""u8);

        Assert.Equal(new TokenUsage(7, 5), meter.Facts.Usage);
    }

    [Theory]
    [InlineData(UsageFormat.OpenAi, Json, "<html>", 200)]
    [InlineData(UsageFormat.OpenAi, Json, """{"usage":7}""", 200)]
    [InlineData(UsageFormat.OpenAi, Json, """{"usage":{"prompt_tokens":7}}""", 429)]
    [InlineData(UsageFormat.OpenAi, "audio/mpeg", """{"usage":{"prompt_tokens":7}}""", 200)]
    [InlineData(UsageFormat.None, Json, """{"usage":{"prompt_tokens":7}}""", 200)]
    [InlineData(UsageFormat.Bedrock, BedrockReplies.MediaType, "this is no event stream at all", 200)]
    public void What_is_not_understood_is_not_metered(object format, string mediaType, string answer, int status)
    {
        using var meter = AnswerMeter.Of((UsageFormat)format, new Head(status, mediaType));
        meter.Take(Encoding.UTF8.GetBytes(answer));

        Assert.Null(meter.Facts.Usage);
    }

    private sealed class Head(int status, string mediaType, params (string Name, string Value)[] headers) : UpstreamResponse
    {
        public override int Status => status;

        public override string? MediaType => mediaType;

        public override string? ContentType => mediaType;

        public override IEnumerable<KeyValuePair<string, string>> Headers => headers.Select(static header => KeyValuePair.Create(header.Name, header.Value));

        public override ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken) => new(0);

        public override void Dispose() { }
    }
}
