using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

/// <summary>Text completions where a provider has them, and over its chat where it has not.</summary>
public sealed class CompletionsTests : ModalityTest, IAsyncLifetime
{
    private FakeUpstream _chat = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        _chat = await FakeUpstream.StartAsync();
        await InitializeAsync();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _chat.DisposeAsync();
    }

    /// <summary><c>gpt</c> has completions; <c>chat</c> stands for a vendor that only chats.</summary>
    private protected override IEnumerable<Deployment> Deployments() => [Of("openai"), GatewayHost.At(_chat, "d2") with { GroupName = "chat", Provider = "deepseek" }];

    [Fact]
    public async Task A_stream_passes_with_the_model_replaced_and_without_usage_that_nobody_asked_for()
    {
        var events = await AskAsync("/v1/completions", """{"model":"gpt","prompt":"Once","stream":true}""");

        Assert.DoesNotContain("upstream-model", events, StringComparison.Ordinal);
        Assert.DoesNotContain("usage", events, StringComparison.Ordinal);
        Assert.Equal([" in", " a land", " far", ""], Texts(events));
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
        Assert.True(Upstream.Requests[0].Json.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }

    [Fact]
    public async Task A_chat_model_completes_too()
    {
        var answer = Json(await AskAsync("/v1/completions", """{"model":"chat","prompt":["Say \"hi\""],"max_tokens":5,"echo":false,"best_of":1,"suffix":null,"stop":["."]}"""));

        Assert.Equal(("text_completion", "chat"), (answer.GetProperty("object").GetString(), answer.GetProperty("model").GetString()));
        Assert.Equal("""[{"text":"Hello from the fake upstream.","index":0,"finish_reason":"stop","logprobs":null}]""", answer.GetProperty("choices").GetRawText());
        Assert.Equal(14, answer.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("""{"model":"gpt-4o-upstream","max_tokens":5,"stop":["."],"messages":[{"role":"user","content":"Say \"hi\""}]}""", _chat.Requests[0].BodyText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chat_model_streams_text(bool showsUsage)
    {
        var options = showsUsage ? ""","stream_options":{"include_usage":true}""" : "";
        var events = await AskAsync("/v1/completions", $$"""{"model":"chat","prompt":"hi","stream":true{{options}}}""");

        Assert.Equal("Hello from the fake upstream.", string.Concat(Texts(events)));
        Assert.Equal(showsUsage, events.Contains("\"total_tokens\":14", StringComparison.Ordinal));
        Assert.EndsWith("data: [DONE]\n\n", events, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"echo\":true", "echo")]
    [InlineData("\"best_of\":3", "best_of")]
    [InlineData("\"suffix\":\"end\"", "suffix")]
    [InlineData("\"logprobs\":0", "logprobs")]
    [InlineData("\"prompt\":[1,2]", "prompt")]
    [InlineData("\"prompt\":[[1,2]]", "prompt")]
    [InlineData("\"prompt\":[\"a\",\"b\"]", "prompt")]
    [InlineData("\"prompt\":[]", "prompt")]
    [InlineData("\"prompt\":{}", "prompt")]
    public async Task What_a_chat_cannot_do_is_refused_by_name(string member, string param)
    {
        var prompt = param == "prompt" ? "" : ",\"prompt\":\"a\"";
        var error = await RefusedAsync("/v1/completions", $$"""{"model":"chat"{{prompt}},{{member}}}""");
        Assert.Equal((400, param), (error.Status, error.Param));
        Assert.Empty(_chat.Requests);
    }

    [Fact]
    public async Task What_a_chat_cannot_do_is_left_out_where_the_client_allows_it()
    {
        using var response = await PostAsync("/v1/completions", """{"model":"chat","prompt":"a","echo":true,"best_of":3,"drop_params":true}""");
        Assert.Equal((200, "echo, best_of"), ((int)response.StatusCode, response.Headers.GetValues("x-chatkit-losses").Single()));
    }

    [Fact]
    public async Task The_chats_error_is_the_completions_error()
    {
        _chat.Then(OpenAiReplies.RateLimited(7), OpenAiReplies.ErrorInStream(words: 0));
        Assert.Equal(429, (await RefusedAsync("/v1/completions", """{"model":"chat","prompt":"hi"}""")).Status);
        Assert.Equal(500, (await RefusedAsync("/v1/completions", """{"model":"chat","prompt":"hi","stream":true}""")).Status);
    }

    private static IEnumerable<string?> Texts(string events) =>
        from line in events.Split('\n')
        where line.StartsWith("data: {", StringComparison.Ordinal)
        let choices = Json(line["data: ".Length..]).GetProperty("choices")
        where choices.GetArrayLength() > 0
        select choices[0].GetProperty("text").GetString();
}
