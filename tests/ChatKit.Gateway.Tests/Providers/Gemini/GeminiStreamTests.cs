using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Sse;
using ChatKit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Gemini;

/// <summary>Transcripts in the form of Google's documentation in, exact chunks out.</summary>
public sealed class GeminiStreamTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Gemini";

    private readonly GeminiProvider _provider = new(GeminiHost.Studio, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    public static TheoryData<string> Names => ["text", "thinking", "tools", "grounding", "blocked", "candidates"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transcript_becomes_the_golden_chunks(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
        Golden.Matches($"{Folder}/Golden/{name}.chunks", Play(bytes, bytes.Length));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_the_network_cuts_does_not_matter(string name)
    {
        var transcript = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
        var expected = Golden.Read($"{Folder}/Golden/{name}.chunks");

        for (var cut = 0; cut <= transcript.Length; cut++) Assert.Equal(expected, Play(transcript, cut));
    }

    [Fact]
    public void A_stream_is_over_only_when_every_candidate_said_why()
    {
        var events = Events("candidates");
        var output = new System.Buffers.ArrayBufferWriter<byte>();

        var stream = Open();
        Assert.Equal(StreamStep.Content, stream.Next(events[0], output));
        Assert.Equal(StreamStep.Preamble, stream.End(output));
        stream.Next(events[1], output);
        Assert.Equal(StreamStep.Terminal, stream.End(output));
    }

    [Theory]
    [InlineData("text", 8, 29, 4, 20, "stop")]
    [InlineData("grounding", 55, 12, 0, 0, "stop")]
    [InlineData("blocked", 9, 0, 0, 0, "content_filter")]
    [InlineData("tools", 60, 25, 0, 0, "tool_calls")]
    public void Usage_counts_everything_once(string name, long input, long output, long cached, long reasoning, string finish)
    {
        var stream = Open();
        Transcript.Play(stream, Events(name));

        Assert.Equal((new TokenUsage(input, output, cached, Reasoning: reasoning), finish), (stream.Facts.Usage, stream.Facts.FinishReason));
    }

    [Fact]
    public void Thoughts_that_are_counted_among_the_candidates_are_not_counted_again()
    {
        var stream = Open();
        Transcript.Play(stream, Transcript.Events("data: {\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":30,\"thoughtsTokenCount\":20,\"totalTokenCount\":40}}\n\n"));

        Assert.Equal(new TokenUsage(10, 30, Reasoning: 20), stream.Facts.Usage);
    }

    [Theory]
    [InlineData("""{"error":{"code":503,"message":"Overloaded.","status":"UNAVAILABLE"}}""", 503, "Overloaded.")]
    [InlineData("""{"error":{"message":"Odd."}}""", 500, "Odd.")]
    [InlineData("nothing of the kind", 502, "The provider's stream holds an event that is not JSON of its dialect.")]
    public void An_error_inside_fails_the_stream(string data, int status, string message)
    {
        var stream = Open();
        var (output, steps) = Transcript.Play(stream, Transcript.Events($"data: {data}\n\n"));

        Assert.Equal(("", StreamStep.Failed, status, message), (output, steps[^1], stream.Error?.Status, stream.Error?.Message));
    }

    [Fact]
    public void An_error_that_breaks_in_without_framing_is_understood()
    {
        using var reader = _provider.OpenReader();
        var bytes = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}\r\n\r\n{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"Overloaded.\"\n  }\n}\n"u8;
        bytes.CopyTo(reader.GetMemory().Span);
        reader.Advance(bytes.Length);
        var (stream, output) = (Open(), new System.Buffers.ArrayBufferWriter<byte>());

        Assert.True(reader.TryRead(out var first));
        Assert.Equal(StreamStep.Content, stream.Next(first, output));
        Assert.False(reader.TryRead(out _));
        Assert.True(reader.TryReadLast(out var last));
        Assert.Equal((StreamStep.Failed, 503, "Overloaded."), (stream.Next(last, output), stream.Error?.Status, stream.Error?.Message));
    }

    [Theory]
    [InlineData(429, """{"error":{"code":429,"message":"Quota.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"3.5s"}]}}""", 429, "RESOURCE_EXHAUSTED", null, 3.5)]
    [InlineData(429, """[{"error":{"code":429,"message":"Quota.","status":"RESOURCE_EXHAUSTED"}}]""", 429, "RESOURCE_EXHAUSTED", null, null)]
    [InlineData(400, """{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}""", 401, "INVALID_ARGUMENT", null, null)]
    [InlineData(400, """{"error":{"code":400,"message":"The input token count (1091639) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}""", 400, "INVALID_ARGUMENT", "context_length_exceeded", null)]
    [InlineData(400, """{"error":{"code":400,"message":"The response was blocked.","status":"INVALID_ARGUMENT"}}""", 400, "INVALID_ARGUMENT", "content_policy_violation", null)]
    [InlineData(503, "<html>", 503, "api_error", null, null)]
    public void Errors_are_understood(int status, string body, int expected, string type, string? code, double? wait)
    {
        var error = _provider.ReadError(Calls.Call("{}"), status, Encoding.UTF8.GetBytes(body));

        Assert.Equal((expected, type, code, wait), (error.Status, error.Type, error.Code, error.RetryAfter?.TotalSeconds));
        Assert.Equal(ErrorOrigin.UpstreamStatus, error.Origin);
    }

    private string Play(byte[] transcript, int cut)
    {
        var stream = Open();
        var written = Transcript.Play(stream, transcript, cut);
        var rest = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.Equal(StreamStep.Terminal, stream.End(rest));
        return written + Encoding.UTF8.GetString(rest.WrittenSpan);
    }

    private IAnswerStream Open() => _provider.OpenStream(Calls.Call("""{"messages":[],"web_search_options":{}}""", stream: true, includeUsage: true));

    private static IReadOnlyList<SseEvent> Events(string name) => Transcript.Events(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
}
