using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>reasoning_effort and thinking, and what they rule out.</summary>
public sealed class ReasoningTests
{
    private const string Older = "claude-sonnet-4-5-20250929";
    private const string Newer = "claude-sonnet-4-6";
    private const string Newest = "claude-opus-4-8";

    private const string Looped = """
        "messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"noon"}],"tools":[{"type":"function","function":{"name":"now"}}]
        """;

    private const string Tool = """ "tools":[{"type":"function","function":{"name":"now"}}] """;

    private static readonly ParameterPolicy Drops = new() { Drops = true };

    [Theory]
    [InlineData("minimal", 1024)]
    [InlineData("low", 1024)]
    [InlineData("medium", 2048)]
    [InlineData("high", 4096)]
    [InlineData("xhigh", 8192)]
    public void An_older_model_thinks_by_a_budget_on_top_of_its_answer(string effort, int budget)
    {
        var sent = Sent.To(Older, $"\"reasoning_effort\":\"{effort}\"");

        Assert.Equal($$"""{"type":"enabled","budget_tokens":{{budget}}}""", sent["thinking"]);
        Assert.Equal($"{4096 + budget}", sent["max_tokens"]);
        Assert.Null(sent["output_config"]);
    }

    [Theory]
    [InlineData(6000, 3000)]
    [InlineData(20000, 4096)]
    [InlineData(1500, 1024)]
    public void The_budget_leaves_room_within_the_clients_limit(int limit, int budget)
    {
        var sent = Sent.To(Older, $"\"reasoning_effort\":\"high\",\"max_completion_tokens\":{limit}");

        Assert.Equal(($"{budget}", $"{limit}"), (sent["thinking.budget_tokens"], sent["max_tokens"]));
    }

    [Fact]
    public void A_limit_below_the_least_budget_is_an_error_unless_it_may_be_dropped()
    {
        const string Members = "\"reasoning_effort\":\"low\",\"max_tokens\":1024";

        Assert.Equal(("reasoning_effort", "unsupported_value"), (Sent.Refused(Older, Members).Param, Sent.Refused(Older, Members).Code));
        var sent = Sent.To(Older, Members, Drops);
        Assert.Equal((null, "reasoning_effort"), (sent["thinking"], Assert.Single(sent.Losses)));
    }

    [Theory]
    [InlineData(Newer, "minimal", "low")]
    [InlineData(Newer, "low", "low")]
    [InlineData(Newer, "medium", "medium")]
    [InlineData(Newer, "high", "high")]
    [InlineData(Newer, "xhigh", "max")]
    [InlineData(Newest, "xhigh", "xhigh")]
    [InlineData("claude-something-9", "high", "high")]
    [InlineData("us.anthropic.claude-opus-4-6-v1:0", "low", "low")]
    public void A_newer_model_adapts_its_thinking_to_an_effort(string model, string effort, string expected)
    {
        var sent = Sent.To(model, $"\"reasoning_effort\":\"{effort}\"");

        Assert.Equal("""{"type":"adaptive","display":"summarized"}""", sent["thinking"]);
        Assert.Equal($$"""{"effort":"{{expected}}"}""", sent["output_config"]);
    }

    [Theory]
    [InlineData(Newer, """{"type":"disabled"}""")]
    [InlineData(Older, null)]
    [InlineData("claude-3-haiku-20240307", null)]
    public void No_effort_is_no_thinking(string model, string? expected)
    {
        var sent = Sent.To(model, "\"reasoning_effort\":\"none\"");

        Assert.Equal((expected, "4096"), (sent["thinking"], sent["max_tokens"]));
        Assert.Empty(sent.Losses);
    }

    [Fact]
    public void A_model_that_does_not_think_refuses_to() => Assert.Equal("unsupported_parameter", Sent.Refused("claude-3-5-haiku-20241022", "\"reasoning_effort\":\"low\"").Code);

    [Theory]
    [InlineData("\"hard\"")]
    [InlineData("7")]
    public void An_effort_that_nobody_knows_is_an_error(string effort) => Assert.Equal("reasoning_effort", Sent.Refused(Newer, $"\"reasoning_effort\":{effort}").Param);

    [Theory]
    [InlineData(Older)]
    [InlineData(Newer)]
    public void Thinking_leaves_no_choice_of_temperature(string model)
    {
        var sent = Sent.To(model, "\"reasoning_effort\":\"low\",\"temperature\":0.2,\"top_p\":0.5,\"top_k\":7");

        Assert.Equal((null, null, null), (sent["temperature"], sent["top_p"], sent["top_k"]));
        Assert.Equal(["temperature", "top_p", "top_k"], sent.Losses);
        Assert.Equal(("1", "0.95"), (Sent.To(model, "\"reasoning_effort\":\"low\",\"temperature\":1,\"top_p\":0.95") is var kept ? (kept["temperature"], kept["top_p"]) : default));
    }

    [Theory]
    [InlineData("\"temperature\":0.2", "temperature")]
    [InlineData("\"top_p\":0.9", "top_p")]
    [InlineData("\"top_k\":4", "top_k")]
    public void The_newest_models_take_no_sampling(string members, string lost)
    {
        var sent = Sent.To(Newest, members);

        Assert.Equal((null, lost), (sent[lost], Assert.Single(sent.Losses)));
        Assert.Empty(Sent.To(Newest, "\"temperature\":1,\"top_p\":1.0").Losses);
    }

    [Theory]
    [InlineData(Older, "\"tool_choice\":\"required\",", Tool)]
    [InlineData(Older, "", Looped)]
    [InlineData(Older, "", """ "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Well"}] """)]
    public void Where_thinking_is_ruled_out_it_is_lost(string model, string choice, string members)
    {
        var sent = Sent.To(model, $"{choice}\"reasoning_effort\":\"low\",{members}");

        Assert.Equal((null, "reasoning_effort"), (sent["thinking"], Assert.Single(sent.Losses)));
    }

    [Fact]
    public void A_forced_tool_leaves_a_newer_model_its_effort()
    {
        var sent = Sent.To(Newer, $"\"tool_choice\":\"required\",\"reasoning_effort\":\"low\",{Tool}");

        Assert.Equal((null, "\"low\""), (sent["thinking"], sent["output_config.effort"]));
    }

    [Fact]
    public void A_loop_that_comes_back_with_its_thinking_goes_on_thinking()
    {
        var members = Looped.Replace("\"role\":\"assistant\"", """ "role":"assistant","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"EqQ="}] """, StringComparison.Ordinal);

        var sent = Sent.To(Older, $"\"reasoning_effort\":\"low\",{members}");

        Assert.Equal("1024", sent["thinking.budget_tokens"]);
        Assert.Equal("""{"type":"thinking","thinking":"Hm.","signature":"EqQ="}""", sent["messages.1.content.0"]);
    }

    [Fact]
    public void The_clients_own_thinking_stands_as_it_came()
    {
        const string Own = """{"type":"enabled","budget_tokens":2000}""";

        var sent = Sent.To(Older, $"\"thinking\":{Own},\"max_tokens\":5000,\"reasoning_effort\":\"high\"");

        Assert.Equal((Own, "reasoning_effort"), (sent["thinking"], Assert.Single(sent.Losses)));
        Assert.Equal("""{"effort":"low"}""", Sent.To(Newer, """ "output_config":{"effort":"low"},"reasoning_effort":"high" """)["output_config"]);
    }

    [Fact]
    public void Repairs_are_made_where_they_are_allowed()
    {
        var repairs = new ParameterPolicy { Repairs = true };
        var withoutTools = Looped.Replace(",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"now\"}}]", "", StringComparison.Ordinal);

        Assert.Equal((null, "thinking"), Sent.To(Older, $$"""{{Looped}},"max_tokens":5000,"thinking":{"type":"enabled","budget_tokens":2000}""", repairs) is var sent ? (sent["thinking"], Assert.Single(sent.Losses)) : default);
        Assert.Equal("\"dummy_tool\"", Sent.To(Older, withoutTools, repairs)["tools.0.name"]);
        Assert.Null(Sent.To(Older, withoutTools)["tools"]);
        Assert.Equal("\"user\"", Sent.To(Older, """ "messages":[{"role":"assistant","content":"Yo"},{"role":"user","content":"Hi"}] """, repairs)["messages.0.role"]);
    }
}
