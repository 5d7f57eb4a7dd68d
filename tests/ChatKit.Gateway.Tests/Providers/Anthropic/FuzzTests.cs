using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>
/// Spoilt JSON from either side becomes an answer or an error, never an exception. <c>CHATKIT_FUZZ</c> sets how many cases each test tries.
/// </summary>
public sealed class FuzzTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Anthropic";

    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("CHATKIT_FUZZ"), out var asked) ? asked : 2_000;

    private readonly AnthropicProvider _provider = new(TimeProvider.System);

    [Theory]
    [InlineData("chat")]
    [InlineData("tools.chat")]
    public void Spoilt_requests_are_sent_as_json_or_refused(string fixture)
    {
        var chat = Golden.Read($"{Folder}/Golden/{fixture}.json");
        var sent = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var body = new JsonMutation(seed).Spoil(chat);
            var request = new UpstreamRequest();
            var error = _provider.WriteRequest(Calls.Call("{}") with { Body = body }, request);
            if (error is null) AssertJson(request.Body.WrittenSpan, ref sent);
            else Assert.Equal(400, error.Status);
        }

        Assert.InRange(sent, 1, Cases - 1);
    }

    [Fact]
    public void Spoilt_answers_are_read_or_refused()
    {
        const string Answer = """
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"t","signature":"s"},{"type":"text","text":"Hi"},{"type":"tool_use","id":"t","name":"n","input":{}}],
            "stop_reason":"refusal","stop_sequence":"x","stop_details":{"type":"refusal"},"usage":{"input_tokens":1,"cache_read_input_tokens":2,"output_tokens":3}}
            """;
        var read = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var output = new ArrayBufferWriter<byte>();
            var error = _provider.ReadAnswer(Calls.Call("{}"), new JsonMutation(seed).Spoil(Answer), output, out _);
            if (error is null) AssertJson(output.WrittenSpan, ref read);
            else Assert.Equal(502, error.Status);
        }

        Assert.InRange(read, 1, Cases - 1);
    }

    [Theory]
    [InlineData("thinking")]
    [InlineData("tools")]
    public void Spoilt_streams_end_or_fail(string transcript)
    {
        var events = Transcript.Events(Golden.Read($"{Folder}/Transcripts/{transcript}.sse")).ToList();
        var complete = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            var mutation = new JsonMutation(seed);
            var spoilt = seed % events.Count;
            var stream = _provider.OpenStream(Calls.Call("{}", stream: true, includeUsage: true));
            var (output, steps) = Transcript.Play(stream, events.Select((e, i) => i == spoilt ? e with { Data = mutation.Spoil(Encoding.UTF8.GetString(e.Data.Span)) } : e));

            foreach (var line in output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line != "data: [DONE]"))
                JsonDocument.Parse(line["data: ".Length..]).Dispose();
            Assert.Equal(steps[^1] is StreamStep.Failed, stream.Error is not null);
            if (steps[^1] is StreamStep.Terminal) complete++;
        }

        Assert.InRange(complete, 1, Cases - 1);
    }

    [Fact]
    public void Spoilt_errors_are_still_errors()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var body = new JsonMutation(seed).Spoil("""{"type":"error","error":{"type":"api_error","message":"Internal server error"},"request_id":"req_1"}""");
            Assert.Equal(500, _provider.ReadError(Calls.Call("{}"), 500, body).Status);
        }
    }

    private static void AssertJson(ReadOnlySpan<byte> json, ref int count)
    {
        JsonSerializer.Deserialize<JsonElement>(json);
        count++;
    }
}
