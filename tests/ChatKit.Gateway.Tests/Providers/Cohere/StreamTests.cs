using System.Text;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Cohere;
using ChatKit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Cohere;

/// <summary>Transcripts from Cohere's API description in, exact chunks out.</summary>
public sealed class StreamTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Cohere";

    private readonly CohereProvider _provider = new(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    public static TheoryData<string> Names { get; } = ["text", "citations", "tools", "thinking"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transcript_becomes_the_golden_chunks(string name)
    {
        var (output, steps) = Transcript.Play(Open(), Transcript.Events(Golden.Read($"{Folder}/Transcripts/{name}.sse")));

        Assert.Equal(StreamStep.Terminal, steps[^1]);
        Golden.Matches($"{Folder}/Golden/{name}.chunks", output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_the_network_cuts_does_not_matter(string name)
    {
        var transcript = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
        var expected = Golden.Read($"{Folder}/Golden/{name}.chunks");

        for (var cut = 0; cut <= transcript.Length; cut++) Assert.Equal(expected, Transcript.Play(Open(), transcript, cut));
    }

    [Theory]
    [InlineData("""{"type":"message-end","delta":{"finish_reason":"TIMEOUT"}}""", 504)]
    [InlineData("""{"type":"message-end","delta":{"finish_reason":"ERROR","error":"It broke."}}""", 500)]
    [InlineData("""{"message":"too many requests"}""", 500)]
    [InlineData("not JSON", 502)]
    [InlineData("""{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}""", 502)]
    public void A_failure_is_an_error_and_not_an_end(string data, int status)
    {
        var stream = Open();
        var (output, steps) = Transcript.Play(stream, Transcript.Events($"data: {data}\n\n"));
        Assert.Equal((StreamStep.Failed, status, ""), (steps[^1], stream.Error!.Status, output));
    }

    private IAnswerStream Open() => _provider.OpenStream(Calls.Call("{}", stream: true, includeUsage: true));
}
