using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Wire.Sse;
using ChatKit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>Transcripts as Anthropic documents them in, exact chunks out.</summary>
public sealed class StreamTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Anthropic";

    private readonly AnthropicProvider _provider = new(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    [Theory]
    [InlineData("text")]
    [InlineData("thinking")]
    [InlineData("refusal")]
    [InlineData("unknown")]
    [InlineData("tools")]
    [InlineData("websearch")]
    public void A_transcript_becomes_the_golden_chunks(string name)
    {
        var (output, steps) = Transcript.Play(Open(includeUsage: true), Events(name));

        Assert.Equal(StreamStep.Terminal, steps[^1]);
        Golden.Matches($"{Folder}/Golden/{name}.chunks", output);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("thinking")]
    [InlineData("refusal")]
    [InlineData("unknown")]
    [InlineData("tools")]
    [InlineData("websearch")]
    public void Where_the_network_cuts_does_not_matter(string name)
    {
        var transcript = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
        var expected = Golden.Read($"{Folder}/Golden/{name}.chunks");

        for (var cut = 0; cut <= transcript.Length; cut++) Assert.Equal(expected, Transcript.Play(Open(includeUsage: true), transcript, cut));
    }

    [Fact]
    public void Usage_is_sent_only_where_the_client_asked()
    {
        var (output, _) = Transcript.Play(Open(), Events("text"));

        Assert.DoesNotContain("usage", output, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_before_the_first_content()
    {
        var (output, steps) = Transcript.Play(Open(), Events("text").Take(3));

        Assert.Equal("", output);
        Assert.Equal([StreamStep.Preamble, StreamStep.Preamble, StreamStep.Preamble], steps);
    }

    [Fact]
    public void The_facts_are_known_at_the_end()
    {
        var stream = Open();

        Transcript.Play(stream, Events("text"));

        Assert.Equal(new AnswerFacts(new TokenUsage(43, 15, 11, 7), "msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY", "claude-sonnet-4-6", "stop"), stream.Facts);
        Assert.Null(stream.Error);
    }

    [Fact]
    public void What_was_used_is_known_when_the_client_leaves_early()
    {
        var stream = Open();

        Transcript.Play(stream, Events("text").Take(4));

        Assert.Equal(new AnswerFacts(new TokenUsage(43, 1, 11, 7), "msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY", "claude-sonnet-4-6", null), stream.Facts);
    }

    [Fact]
    public void Later_counts_replace_earlier_ones()
    {
        var stream = Open();

        Transcript.Play(stream, Events("unknown"));

        Assert.Equal(new TokenUsage(4, 6), stream.Facts.Usage);
    }

    [Fact]
    public void An_answer_without_content_still_has_its_role_and_end()
    {
        var (output, _) = Transcript.Play(Open(), Events("text").Where((_, index) => index is 0 or 6 or 7));

        Assert.Equal(3, output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("\"role\":\"assistant\"", output, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"stop\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_event_ends_the_stream_and_writes_nothing()
    {
        var stream = Open();

        var (output, steps) = Transcript.Play(stream, Events("overloaded"));

        Assert.Equal(StreamStep.Failed, steps[^1]);
        Assert.EndsWith("\"delta\":{\"content\":\"Half an\"},\"finish_reason\":null}]}\n\n", output, StringComparison.Ordinal);
        Assert.Equal(new GatewayError(503, "overloaded_error", "Overloaded") { Origin = ErrorOrigin.UpstreamStatus }, stream.Error);
    }

    [Theory]
    [InlineData("invalid_request_error", 400)]
    [InlineData("authentication_error", 401)]
    [InlineData("billing_error", 402)]
    [InlineData("permission_error", 403)]
    [InlineData("not_found_error", 404)]
    [InlineData("request_too_large", 413)]
    [InlineData("rate_limit_error", 429)]
    [InlineData("api_error", 500)]
    [InlineData("overloaded_error", 503)]
    [InlineData("timeout_error", 504)]
    [InlineData("brand_new_error", 500)]
    public void An_error_event_has_the_status_of_its_type(string type, int status)
    {
        var stream = Open();

        Transcript.Play(stream, Transcript.Events($$$"""data: {"type":"error","error":{"type":"{{{type}}}","message":"m"}}"""));

        Assert.Equal((status, type, "m"), (stream.Error!.Status, stream.Error.Type, stream.Error.Message));
    }

    [Theory]
    [InlineData("data: {")]
    [InlineData("data: 7")]
    [InlineData("data: {\"type\":7}")]
    [InlineData("data: {\"type\":\"message_start\"}")]
    [InlineData("data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"orphan\"}}")]
    [InlineData("data: {\"type\":\"message_stop\"}")]
    [InlineData("data: {\"type\":\"error\"}")]
    public void A_stream_that_breaks_the_dialect_fails(string transcript)
    {
        var stream = Open();

        var (output, steps) = Transcript.Play(stream, Transcript.Events(transcript));

        Assert.Equal(("", StreamStep.Failed), (output, Assert.Single(steps)));
        Assert.InRange(stream.Error!.Status, 500, 502);
    }

    private IAnswerStream Open(bool includeUsage = false) => _provider.OpenStream(Calls.Call("{}", stream: true, includeUsage));

    private static IEnumerable<SseEvent> Events(string name) => Transcript.Events(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
}
