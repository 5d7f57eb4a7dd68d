using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OverChat.Responses;
using ChatKit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Transcripts of chat completion streams in, the exact events of a streamed response out.</summary>
public sealed partial class ResponsesStreamTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/OverChat";
    private const string Asked = """{"model":"smart","input":"Hi","instructions":"Be brief.","metadata":{"team":"a"},"stream":true}""";

    private static readonly OverChatCalls Calls = new(Operation.Responses, new ResponsesOverChat(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000))));

    [Theory]
    [InlineData("text")]
    [InlineData("reasoning")]
    [InlineData("tools")]
    [InlineData("mixed-tools")]
    public void A_transcript_becomes_the_golden_events(string name)
    {
        var (output, steps) = Transcript.Play(Calls.Open(Asked), Transcript.Events(Golden.Read($"{Folder}/Transcripts/{name}.sse")));

        Assert.Equal(StreamStep.Terminal, steps[^1]);
        Golden.Matches($"{Folder}/Golden/{name}.responses.events", Stem().Replace(output, "STEM"));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("reasoning")]
    [InlineData("mixed-tools")]
    public void Where_the_network_cuts_does_not_matter(string name)
    {
        var transcript = Encoding.UTF8.GetBytes(Golden.Read($"{Folder}/Transcripts/{name}.sse"));
        var expected = Golden.Read($"{Folder}/Golden/{name}.responses.events");

        for (var cut = 0; cut <= transcript.Length; cut++) Assert.Equal(expected, Stem().Replace(Transcript.Play(Calls.Open(Asked), transcript, cut), "STEM"));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("reasoning")]
    [InlineData("tools")]
    public void Events_are_numbered_and_say_in_the_end_what_they_said_in_pieces(string name)
    {
        var (output, _) = Transcript.Play(Calls.Open(Asked), Transcript.Events(Golden.Read($"{Folder}/Transcripts/{name}.sse")));
        var events = Transcript.Events(output).Select(said => JsonSerializer.Deserialize<JsonElement>(said.Data.Span)).ToList();

        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(said => said.GetProperty("sequence_number").GetInt32()));
        Assert.Equal(
            events.Where(said => said.GetProperty("type").ValueEquals("response.output_item.done")).Select(said => said.GetProperty("item").GetRawText()),
            events[^1].GetProperty("response").GetProperty("output").EnumerateArray().Select(item => item.GetRawText()));
    }

    [Fact]
    public void Nothing_is_written_before_the_first_content()
    {
        var (output, steps) = Transcript.Play(Calls.Open(Asked), Transcript.Events(Golden.Read($"{Folder}/Transcripts/text.sse")).Take(1));

        Assert.Equal((StreamStep.Preamble, ""), (steps.Single(), output));
    }

    [Fact]
    public void A_whole_answer_has_the_same_items_as_a_streamed_one()
    {
        var answer = JsonSerializer.Deserialize<JsonElement>(Calls.Answer(
            Asked.Replace(",\"stream\":true", ""),
            """{"id":"c","model":"m","choices":[{"index":0,"message":{"content":"Yes.","reasoning_content":"Hm.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"now","arguments":"{}"}}]},"finish_reason":"length"}],"usage":{"prompt_tokens":9,"completion_tokens":2}}"""));

        Assert.Equal(["reasoning", "message", "function_call"], answer.GetProperty("output").EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        Assert.Equal(("incomplete", "max_output_tokens"), (answer.GetProperty("status").GetString(), answer.GetProperty("incomplete_details").GetProperty("reason").GetString()));
        Assert.Equal(11, answer.GetProperty("usage").GetProperty("total_tokens").GetInt64());
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Stem();
}
