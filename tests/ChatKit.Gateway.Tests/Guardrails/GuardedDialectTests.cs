using System.Text.Json;
using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Guardrails;

/// <summary>The other APIs: their texts are found, their streams stay well formed, and their refusals are their own.</summary>
public sealed class GuardedDialectTests
{
    [Fact]
    public async Task Messages_are_masked_and_put_back_whole_and_streamed()
    {
        await using var host = await GuardHost.StartAsync(new AnthropicSubject(), null, null, GuardHost.Pii());
        host.Upstream.Always = AnthropicReplies.Text("Hello <EMAIL_ADDRESS_1> and <EMAIL_ADDRESS_2> again");
        static string Body(string members) => $$"""{"model":"gpt","max_tokens":9,"system":[{"type":"text","text":"boss a@example.org"}],"messages":[{"role":"user","content":"b@example.org"}]{{members}}}""";

        var whole = await host.PostAsync("/v1/messages", Body(""));
        var streamed = await host.PostAsync("/v1/messages", Body(",\"stream\":true"));

        const string Expected = "Hello a@example.org and b@example.org again";
        Assert.Equal(Expected, whole.Json.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(Expected, string.Concat(streamed.Events.Where(data => data.GetProperty("type").GetString() == "content_block_delta").Select(data => data.GetProperty("delta").GetProperty("text").GetString())));
        Assert.Equal(["message_stop", "message_delta", "content_block_stop", "content_block_delta"], streamed.Events.Reverse().Select(data => data.GetProperty("type").GetString()!).Take(4));
        Assert.All(host.Upstream.Requests, request => Assert.DoesNotContain("@example", request.BodyText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Responses_are_masked_and_put_back_and_count_their_events_right()
    {
        await using var host = await GuardHost.StartAsync(null, new ResponsesDialect(), null, GuardHost.Pii());
        host.Upstream.Always = ResponsesReplies.Text("I know <EMAIL_ADDRESS_1>");
        static string Body(string members) => $$"""{"model":"gpt","store":false,"input":"b@example.org"{{members}}}""";

        var whole = await host.PostAsync("/v1/responses", Body(""));
        var streamed = await host.PostAsync("/v1/responses", Body(",\"stream\":true"));

        Assert.Contains("I know b@example.org", whole.Body, StringComparison.Ordinal);
        Assert.Equal("I know b@example.org", string.Concat(streamed.Events.Where(data => data.GetProperty("type").GetString() == "response.output_text.delta").Select(data => data.GetProperty("delta").GetString())));
        Assert.DoesNotContain("<EMAIL_ADDRESS_1>", streamed.Body, StringComparison.Ordinal);
        var numbers = streamed.Events.Select(data => data.GetProperty("sequence_number").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
    }

    [Fact]
    public async Task Generated_content_is_masked_and_put_back()
    {
        await using var host = await GuardHost.StartAsync(new GeminiSubject(), null, null, GuardHost.Pii());
        host.Upstream.Always = GeminiReplies.Text("Hello <EMAIL_ADDRESS_1> and bye <EMAIL_ADDRESS_1>", delay: TimeSpan.FromMilliseconds(20)); // several writes, not one
        const string Body = """{"contents":[{"role":"user","parts":[{"text":"b@example.org"}]}]}""";

        var whole = await host.PostAsync("/v1beta/models/gpt:generateContent", Body);
        var streamed = await host.PostAsync("/v1beta/models/gpt:streamGenerateContent?alt=sse", Body);
        var array = await host.PostAsync("/v1beta/models/gpt:streamGenerateContent", Body);

        const string Expected = "Hello b@example.org and bye b@example.org";
        Assert.Equal(Expected, Said([whole.Json]));
        Assert.Equal(Expected, Said(streamed.Events));
        Assert.Equal(Expected, Said([.. array.Json.EnumerateArray()]));
    }

    [Theory]
    [InlineData("/v1/messages", """{"model":"gpt","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"so forbidden"}]}]}""", "type")]
    [InlineData("/v1/messages", """{"model":"gpt","max_tokens":9,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"any":["forbidden"]}}]}]}""", "type")]
    [InlineData("/v1beta/models/gpt:generateContent", """{"systemInstruction":{"parts":[{"text":"forbidden"}]},"contents":[{"parts":[{"text":"x"}]}]}""", "error")]
    [InlineData("/v1beta/models/gpt:generateContent", """{"contents":[{"parts":[{"functionResponse":{"name":"f","response":{"any":"forbidden"}}}]}]}""", "error")]
    [InlineData("/v1/responses", """{"model":"gpt","store":false,"input":[{"type":"function_call_output","call_id":"1","output":"forbidden"}]}""", "error")]
    [InlineData("/v1/responses", """{"model":"gpt","store":false,"instructions":"forbidden","input":"x"}""", "error")]
    [InlineData("/v1/completions", """{"model":"gpt","prompt":["x","forbidden"]}""", "error")]
    [InlineData("/v1/embeddings", """{"model":"gpt","input":["forbidden"]}""", "error")]
    [InlineData("/v1/rerank", """{"model":"gpt","query":"x","documents":[{"text":"forbidden"}]}""", "error")]
    [InlineData("/v1/images/generations", """{"model":"gpt","prompt":"forbidden"}""", "error")]
    [InlineData("/v1/audio/speech", """{"model":"gpt","voice":"alloy","input":"forbidden"}""", "error")]
    [InlineData("/v1/chat/completions", """{"model":"gpt","messages":[{"role":"user","content":"\u0066orbidden"}]}""", "error")]
    public async Task A_refusal_is_in_the_words_of_the_API(string path, string body, string member)
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Words(GuardrailModes.PreCall));

        var told = await host.PostAsync(path, body);

        Assert.Equal(400, told.Status);
        Assert.True(told.Json.TryGetProperty(member, out _));
        Assert.Contains("Blocked by guardrail 'words'", told.Body, StringComparison.Ordinal);
        Assert.Empty(host.Upstream.Requests);
    }

    private static string Said(IEnumerable<JsonElement> answers) =>
        string.Concat(answers.SelectMany(answer => answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts").EnumerateArray()).Select(part => part.GetProperty("text").GetString()));
}
