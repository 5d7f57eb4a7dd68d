using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Guardrails;

/// <summary>Chats through a gateway with guardrails.</summary>
public sealed class GuardedCallTests
{
    private const string Question = "Write to jane@example.org about card 4111 1111 1111 1111";

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task What_is_masked_never_reaches_the_provider_and_comes_back_in_the_answer(string members)
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Pii());
        host.Upstream.Always = OpenAiReplies.Text("I wrote to <EMAIL_ADDRESS_1> and charged <CREDIT_CARD_1>, not <EMAIL_ADDRESS_2>");

        var told = await host.ChatAsync(Question, members);

        var sent = Assert.Single(host.Upstream.Requests).Json.GetProperty("messages")[0].GetProperty("content").GetString();
        Assert.Equal("Write to <EMAIL_ADDRESS_1> about card <CREDIT_CARD_1>", sent);
        Assert.Equal("I wrote to jane@example.org and charged 4111 1111 1111 1111, not <EMAIL_ADDRESS_2>", members.Length == 0 ? told.Said : told.Streamed);
        Assert.Equal("pii", told.Applied);
    }

    [Fact]
    public async Task A_placeholder_is_put_back_however_the_stream_is_cut()
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Pii());
        foreach (var size in (int[])[1, 2, 3, 7])
        {
            var pieces = "To <EMAIL_ADDRESS_1>, <EMAIL_ADDR and <EMAIL_ADDRESS_1>".Chunk(size).Select(piece =>
                $"data: {{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":{GuardHost.JsonText(new string(piece))}}},\"finish_reason\":null}}]}}\n\n");
            string[] end = ["data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", "data: [DONE]\n\n"];
            host.Upstream.Then(Replies.Sse([.. pieces, .. end]));

            var told = await host.ChatAsync(Question, "\"stream\":true");

            Assert.Equal("To jane@example.org, <EMAIL_ADDR and jane@example.org", told.Streamed);
            Assert.EndsWith("data: [DONE]\n\n", told.Body, StringComparison.Ordinal);
            Assert.Equal("stop", told.Events[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        }
    }

    [Fact]
    public async Task Every_message_part_and_tool_call_is_looked_at_and_the_rest_is_left_alone()
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Pii());
        const string Body = """
            {"model":"gpt",  "seed": 7, "user":"u@example.org","messages":[
              {"role":"system","content":"Boss: a@example.org","name":"jane"},
              {"role":"user","content":[{"type":"text","text":"b@example.org"},{"type":"image_url","image_url":{"url":"https://c@example.org/x.png"}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"to\":\"d@example.org\"}"}}]},
              {"role":"tool","tool_call_id":"call_1","content":"e@example.org"}]}
            """;

        await host.PostAsync("/v1/chat/completions", Body);

        var sent = Assert.Single(host.Upstream.Requests).BodyText;
        foreach (var masked in (string[])["a@", "b@", "d@", "e@"]) Assert.DoesNotContain(masked + "example", sent, StringComparison.Ordinal);
        Assert.Contains("https://c@example.org/x.png", sent, StringComparison.Ordinal);
        Assert.Contains("""{\"to\":\"<EMAIL_ADDRESS_3>\"}""", sent, StringComparison.Ordinal);
        Assert.Contains("\"seed\": 7", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_blocked_is_not_sent_and_the_refusal_does_not_repeat_it()
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Words(GuardrailModes.PreCall));

        var told = await host.ChatAsync("the forbidden thing");

        Assert.Equal(400, told.Status);
        Assert.Empty(host.Upstream.Requests);
        Assert.Equal("Blocked by guardrail 'words': keyword found.", told.Json.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("words", told.Applied);
        Assert.DoesNotContain("the forbidden thing", host.Gateway.Logs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_blocked_is_a_status_while_nothing_has_left()
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Words(GuardrailModes.PostCall));
        host.Upstream.Always = OpenAiReplies.Text("the forbidden answer");

        var told = await host.ChatAsync("hi");

        Assert.Equal(400, told.Status);
        Assert.DoesNotContain("forbidden answer", told.Body, StringComparison.Ordinal);
        Assert.Equal("guardrail_violation", told.Json.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_stream_that_is_blocked_ends_with_an_error_and_without_the_rest()
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Words(GuardrailModes.PostCall));
        host.Upstream.Always = OpenAiReplies.Text("one two three forbidden four five", TimeSpan.FromMilliseconds(40));

        var told = await host.ChatAsync("hi", "\"stream\":true");

        Assert.Equal(200, told.Status);
        Assert.StartsWith("one two", told.Streamed, StringComparison.Ordinal);
        Assert.DoesNotContain("forbidden", told.Streamed, StringComparison.Ordinal);
        Assert.DoesNotContain("four", told.Body, StringComparison.Ordinal);
        Assert.Equal("guardrail_violation", told.Events[^1].GetProperty("error").GetProperty("type").GetString());
        Assert.DoesNotContain("[DONE]", told.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task What_a_model_says_is_masked_too(string members)
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Words(GuardrailModes.PostCall, blocks: false), GuardHost.Pii(GuardrailModes.PreCall | GuardrailModes.PostCall));
        host.Upstream.Always = OpenAiReplies.Text("Ask <EMAIL_ADDRESS_1> or joe@example.com, never the forbidden one");

        var told = await host.ChatAsync("I am jane@example.org", members);

        Assert.Equal("Ask jane@example.org or <EMAIL_ADDRESS>, never the [KEYWORD_REDACTED] one", members.Length == 0 ? told.Said : told.Streamed);
    }

    [Fact]
    public async Task For_the_record_alone_nothing_changes()
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Words(GuardrailModes.LoggingOnly));
        host.Upstream.Always = OpenAiReplies.Text("the forbidden answer");

        var told = await host.ChatAsync("the forbidden thing");

        Assert.Equal("the forbidden answer", told.Said);
        Assert.Contains("guardrail words: found (keyword 2)", host.Gateway.Logs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_asks_for_one_by_name_and_for_none_that_is_not_there()
    {
        await using var host = await GuardHost.StartAsync(GuardHost.Words(GuardrailModes.PreCall, defaultOn: false));

        Assert.Equal(200, (await host.ChatAsync("forbidden")).Status);
        Assert.Equal(400, (await host.ChatAsync("forbidden", "\"guardrails\":[\"words\"]")).Status);
        var missing = await host.ChatAsync("hi", "\"guardrails\":[\"other\"]");
        Assert.Equal((400, "guardrails"), (missing.Status, missing.Json.GetProperty("error").GetProperty("param").GetString()));
        Assert.Equal(400, (await host.ChatAsync("hi", "\"guardrails\":{}")).Status);
        Assert.Single(host.Upstream.Requests);
    }

    [Fact]
    public async Task What_is_kept_is_what_the_provider_said_so_that_nobody_gets_anothers_values()
    {
        await using var host = await GuardHost.StartAsync(null, null, new CacheSettings(), GuardHost.Pii());
        host.Upstream.Always = OpenAiReplies.Text("Hello <EMAIL_ADDRESS_1>");

        var jane = await host.ChatAsync("I am jane@example.org");
        var joe = await host.ChatAsync("I am joe@example.com");

        Assert.Single(host.Upstream.Requests);
        Assert.Equal(("Hello jane@example.org", "Hello joe@example.com"), (jane.Said, joe.Said));
    }

    [Fact]
    public async Task Without_guardrails_bytes_pass_as_they_came()
    {
        await using var host = await GuardHost.StartAsync();
        host.Upstream.Always = OpenAiReplies.Text("jane@example.org forbidden");

        var told = await host.ChatAsync(Question);

        Assert.Equal("jane@example.org forbidden", told.Said);
        Assert.Null(told.Applied);
        Assert.Contains("jane@example.org", Assert.Single(host.Upstream.Requests).BodyText, StringComparison.Ordinal);
    }
}
