using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OverChat.Messages;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Transcripts of chat completion streams in, the exact events of a streamed message out.</summary>
public sealed class MessagesStreamTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/OverChat";

    private static readonly OverChatCalls Calls = new(Operation.Messages, new MessagesOverChat());

    [Theory]
    [InlineData("text")]
    [InlineData("reasoning")]
    [InlineData("tools")]
    [InlineData("mixed-tools")]
    public void A_transcript_becomes_the_golden_events(string name)
    {
        var (output, steps) = Transcript.Play(Open(), Transcript.Events(Golden.Read($"{Folder}/Transcripts/{name}.sse")));

        Assert.Equal(StreamStep.Terminal, steps[^1]);
        Golden.Matches($"{Folder}/Golden/{name}.events", output);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("reasoning")]
    [InlineData("tools")]
    [InlineData("mixed-tools")]
    public void Where_the_network_cuts_does_not_matter(string name)
    {
        var transcript = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
        var expected = Golden.Read($"{Folder}/Golden/{name}.events");

        for (var cut = 0; cut <= transcript.Length; cut++) Assert.Equal(expected, Transcript.Play(Open(), transcript, cut));
    }

    [Fact]
    public void Nothing_is_written_before_the_first_content()
    {
        var (output, steps) = Transcript.Play(Open(), Transcript.Events(Golden.Read($"{Folder}/Transcripts/text.sse")).Take(1));

        Assert.Equal((StreamStep.Preamble, ""), (steps.Single(), output));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":7}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}}]}""")]
    public void A_chunk_that_is_none_fails_the_stream(string chunk)
    {
        var stream = Open();
        var (_, steps) = Transcript.Play(stream, Transcript.Events($"data: {chunk}\n\n"));

        Assert.Equal((StreamStep.Failed, 502), (steps.Single(), stream.Error?.Status));
    }

    private static IAnswerStream Open() => Calls.Open("""{"model":"smart","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
}
