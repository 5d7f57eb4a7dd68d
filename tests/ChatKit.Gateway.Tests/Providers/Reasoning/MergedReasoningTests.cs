using System.Buffers;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Providers.Reasoning;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Reasoning;

/// <summary>Reasoning for clients that show content only.</summary>
public sealed class MergedReasoningTests
{
    private readonly RewrittenAnswers _provider = new(new OpenAiCompatibleProvider(RequestQuirks.None), static () => new ReasoningMerge());

    [Theory]
    [InlineData("""{"role":"assistant","reasoning_content":"Hm.","content":"Hi"}""", """{"role":"assistant","content":"<think>Hm.</think>Hi"}""")]
    [InlineData("""{"reasoning":"Hm.","content":null,"tool_calls":[{}]}""", """{"content":"<think>Hm.</think>","tool_calls":[{}]}""")]
    [InlineData("""{ "reasoning_content":"\"\n" }""", """{"content":"<think>\"\n</think>" }""")]
    [InlineData("""{"content": "Hi" , "x":1.0}""", """{"content": "Hi" , "x":1.0}""")]
    [InlineData("""{"reasoning_content":"","content":"Hi"}""", """{"reasoning_content":"","content":"Hi"}""")]
    public void It_comes_before_the_content(string message, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Null(_provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes($$$"""{"choices":[{"index":0,"message":{{{message}}}}],"usage":{}}"""), output, out _));

        Assert.Equal($$$"""{"choices":[{"index":0,"message":{{{expected}}}}],"usage":{}}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void An_empty_answer_is_the_providers_failure_and_not_ours() =>
        Assert.Equal(502, _provider.ReadAnswer(Calls.Call("{}"), ReadOnlyMemory<byte>.Empty, new ArrayBufferWriter<byte>(), out _)!.Status);

    [Fact]
    public void In_a_stream_the_tags_open_and_close_once_for_each_choice()
    {
        string[] deltas =
        [
            """{"index":0,"delta":{"role":"assistant","content":""}}""",
            """{"index":0,"delta":{"reasoning_content":"a"}}""",
            """{"index":1,"delta":{"reasoning_content":"x","content":null}}""",
            """{"index":0,"delta":{"reasoning_content":"b"}}""",
            """{"index":0,"delta":{"content":"c"}}""",
            """{"index":0,"delta":{"content":"d"}}""",
            """{"index":1,"delta":{},"finish_reason":"length"}""",
            """{"index":0,"delta":{},"finish_reason":"stop"}""",
        ];
        var transcript = string.Concat(deltas.Select(delta => $$"""data: {"choices":[{{delta}}]}""" + "\n\n")) + "data: [DONE]\n\n";

        var (output, steps) = Transcript.Play(_provider.OpenStream(Calls.Call("{}", stream: true)), Transcript.Events(transcript));

        Assert.Equal(StreamStep.Terminal, steps[^1]);
        Assert.Equal(
            [
                """{"index":0,"delta":{"role":"assistant","content":""}}""",
                """{"index":0,"delta":{"content":"<think>a"}}""",
                """{"index":1,"delta":{"content":"<think>x"}}""",
                """{"index":0,"delta":{"content":"b"}}""",
                """{"index":0,"delta":{"content":"</think>c"}}""",
                """{"index":0,"delta":{"content":"d"}}""",
                """{"index":1,"delta":{"content":"</think>"},"finish_reason":"length"}""",
                """{"index":0,"delta":{},"finish_reason":"stop"}""",
                "[DONE]",
            ],
            output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(chunk => chunk.Replace("data: ", "", StringComparison.Ordinal).Replace("""{"choices":[""", "", StringComparison.Ordinal).Replace("]}", "", StringComparison.Ordinal)));
    }
}
