using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Guardrails;

/// <summary>Guardrails that ask a service: OpenAI's moderation, and one of the operator's own.</summary>
public sealed class JudgeTests
{
    private const string Flagged = """{"results":[{"flagged":false,"categories":{}},{"flagged":true,"categories":{"violence":true,"hate":false}}]}""";

    [Theory]
    [InlineData(nameof(GuardrailModes.PreCall), 0)]
    [InlineData(nameof(GuardrailModes.DuringCall), 1)]
    public async Task What_moderation_flags_is_refused_before_a_byte_leaves(string mode, int asked)
    {
        await using var judge = await FakeUpstream.StartAsync(new EchoDialect());
        judge.Always = Replies.Json(Flagged);
        await using var host = await GuardHost.StartAsync(Moderation(judge, Enum.Parse<GuardrailModes>(mode)));
        host.Upstream.Always = OpenAiReplies.Text("an answer");

        foreach (var members in (string[])["", "\"stream\":true"])
        {
            var told = await host.ChatAsync("hurt them", members);
            Assert.Equal(400, told.Status);
            Assert.Equal("Blocked by guardrail 'judge': violence.", told.Json.GetProperty("error").GetProperty("message").GetString());
        }

        Assert.Equal(asked * 2, host.Upstream.Requests.Count);
        var question = judge.Requests[0];
        Assert.Equal("/v1/moderations", question.Path);
        Assert.Equal("Bearer judge-key", question.Headers["Authorization"]);
        Assert.Equal("hurt them", Assert.Single(question.Json.GetProperty("input").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task An_answer_is_held_until_it_is_judged(string members)
    {
        await using var judge = await FakeUpstream.StartAsync(new EchoDialect());
        judge.Then(Replies.Json("""{"action":"NONE"}"""), Replies.Json("""{"action":"BLOCKED","blocked_reason":"not nice"}"""), Replies.Json("""{"action":"GUARDRAIL_INTERVENED","texts":["something else"]}"""));
        await using var host = await GuardHost.StartAsync(Webhook(judge, GuardrailModes.PostCall));
        host.Upstream.Always = OpenAiReplies.Text("one two three");

        var passed = await host.ChatAsync("hi", members);
        var blocked = await host.ChatAsync("hi", members);
        var replaced = await host.ChatAsync("hi", members);

        Assert.Equal("one two three", members.Length == 0 ? passed.Said : passed.Streamed);
        Assert.Equal((400, "Blocked by guardrail 'judge': not nice."), (blocked.Status, blocked.Json.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal("something else", members.Length == 0 ? replaced.Said : replaced.Streamed);
        Assert.Equal("response", judge.Requests[0].Json.GetProperty("input_type").GetString());
        Assert.Equal("one two three", Assert.Single(judge.Requests[0].Json.GetProperty("texts").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_service_may_write_the_request_anew()
    {
        await using var judge = await FakeUpstream.StartAsync(new EchoDialect());
        judge.Always = Replies.Json("""{"action":"GUARDRAIL_INTERVENED","texts":["be nice","how are you?"]}""");
        await using var host = await GuardHost.StartAsync(Webhook(judge, GuardrailModes.PreCall));

        await host.PostAsync("/v1/chat/completions", """{"model":"gpt","messages":[{"role":"system","content":"be rude"},{"role":"user","content":"how are you?"}]}""");

        Assert.Equal("be nice", Assert.Single(host.Upstream.Requests).Json.GetProperty("messages")[0].GetProperty("content").GetString());
        var question = Assert.Single(judge.Requests);
        Assert.Equal("/beta/litellm_basic_guardrail_api", question.Path);
        Assert.Equal("request", question.Json.GetProperty("input_type").GetString());
        Assert.Equal("""{"threshold":1}""", question.Json.GetProperty("additional_provider_specific_params").GetRawText());
    }

    [Theory]
    [InlineData(false, 503)]
    [InlineData(true, 200)]
    public async Task Without_a_verdict_calls_stop_or_go_on_as_configured(bool failsOpen, int status)
    {
        await using var judge = await FakeUpstream.StartAsync(new EchoDialect());
        judge.Then(Replies.Status(500, "down"), Replies.Json("[]"), Replies.Json("""{"action":"GUARDRAIL_INTERVENED","texts":[]}"""), Replies.Json("""{"action":"PERHAPS"}"""), Replies.Hang);
        var webhook = Webhook(judge, GuardrailModes.PreCall);
        await using var host = await GuardHost.StartAsync(webhook with { Judge = webhook.Judge! with { FailsOpen = failsOpen, Patience = TimeSpan.FromMilliseconds(500) } });

        for (var i = 0; i < 5; i++) Assert.Equal(status, (await host.ChatAsync("hi")).Status);

        Assert.Equal(failsOpen ? 5 : 0, host.Upstream.Requests.Count);
    }

    [Fact]
    public async Task What_was_masked_is_masked_for_the_service_too()
    {
        await using var judge = await FakeUpstream.StartAsync(new EchoDialect());
        judge.Always = Replies.Json("""{"action":"NONE"}""");
        await using var host = await GuardHost.StartAsync(GuardHost.Pii(), Webhook(judge, GuardrailModes.PreCall | GuardrailModes.PostCall));
        host.Upstream.Always = OpenAiReplies.Text("Hello <EMAIL_ADDRESS_1>");

        var told = await host.ChatAsync("I am jane@example.org", "\"stream\":true");

        Assert.Equal("Hello jane@example.org", told.Streamed);
        Assert.All(judge.Requests, request => Assert.DoesNotContain("jane@", request.BodyText, StringComparison.Ordinal));
        Assert.Equal(2, judge.Requests.Count);
    }

    private static GuardrailSettings Moderation(FakeUpstream judge, GuardrailModes modes) => new("judge", "openai_moderation", modes, DefaultOn: true)
    {
        Judge = new JudgeSettings(JudgeKind.OpenAiModeration, new Uri($"{judge.Address}/v1/moderations")) { ApiKey = new Secret("judge-key") },
    };

    private static GuardrailSettings Webhook(FakeUpstream judge, GuardrailModes modes) => new("judge", "generic_guardrail_api", modes, DefaultOn: true)
    {
        Judge = new JudgeSettings(JudgeKind.Webhook, new Uri($"{judge.Address}/beta/litellm_basic_guardrail_api")) { Parameters = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, int> { ["threshold"] = 1 }) },
    };
}
