using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Translation;

/// <summary>What becomes of a parameter that a provider has no word for.</summary>
public sealed class UnsupportedParametersTests
{
    private static readonly ParameterPolicy Drops = new() { Drops = true };

    private readonly List<string> _losses = [];

    [Theory]
    [InlineData("n", "1")]
    [InlineData("logprobs", "false")]
    [InlineData("seed", "null")]
    [InlineData("response_format", """{"type":"text"}""")]
    public void What_asks_for_nothing_goes_without_a_word(string name, string value) => Assert.Equal((null, ""), Decide(ParameterPolicy.Default, name, value));

    [Theory]
    [InlineData("store", "true")]
    [InlineData("prediction", """{"type":"content","content":"x"}""")]
    public void A_hint_is_lost(string name, string value) => Assert.Equal((null, name), Decide(ParameterPolicy.Default, name, value));

    [Theory]
    [InlineData("n", "2")]
    [InlineData("seed", "7")]
    [InlineData("response_format", """{"type":"json_object"}""")]
    public void Anything_else_refuses_the_call_unless_it_may_be_dropped(string name, string value)
    {
        Assert.Equal(("unsupported_parameter", ""), Decide(ParameterPolicy.Default, name, value));
        Assert.Equal((null, name), Decide(Drops, name, value));
    }

    [Fact]
    public void What_is_left_over_is_decided_about_member_by_member()
    {
        var chat = JsonSerializer.Deserialize(
            """{"messages":[],"seed":7,"n":1,"top_k":3,"aura":null,"tags":["a"],"cache":{},"caching":true,"timeout":3,"drop_params":true,"logit_bias":{"1":2}}"""u8, OpenAiJson.Default.ChatRequest)!;

        Assert.Null(new UnsupportedParameters("Aura", Drops with { AlwaysSent = ["logit_bias"] }, _losses).Rest(chat, out var own));

        Assert.Equal(["seed", "caching"], _losses);
        Assert.Equal(["top_k", "logit_bias"], own!.Keys);
    }

    [Fact]
    public void What_a_dialect_took_is_left_over_no_more()
    {
        var chat = JsonSerializer.Deserialize("""{"messages":[],"seed":7,"n":null}"""u8, OpenAiJson.Default.ChatRequest)!;

        Assert.Equal(7, chat.Take("seed")!.Value.GetInt32());
        Assert.Null(chat.Take("n"));
        Assert.Null(chat.Take("seed"));
        Assert.Null(new UnsupportedParameters("Aura", ParameterPolicy.Default, _losses).Rest(chat, out _));
    }

    private (string? Code, string Losses) Decide(ParameterPolicy policy, string name, string value)
    {
        _losses.Clear();
        var error = new UnsupportedParameters("Aura", policy, _losses).Decide(name, JsonElement.Parse(Encoding.UTF8.GetBytes(value)));
        return (error?.Code, string.Join(' ', _losses));
    }
}
