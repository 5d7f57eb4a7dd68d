using System.Buffers;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OpenAiCompatible;

/// <summary>The body that a provider of the family gets: every edit, and nothing but the edits.</summary>
public sealed class CompatibleBodyTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private static readonly RequestQuirks Picky = new()
    {
        Renames = [new("max_completion_tokens", "max_tokens"), new("seed", "random_seed")],
        Drops = ["stream_options", "user"],
        Values = [new("tool_choice", "required", "any")],
        Refuses = ["logit_bias"],
        MessageDrops = ["name"],
        MessageValues = [new("role", "developer", "system")],
    };

    [Theory]
    [InlineData("", "")]
    [InlineData(",\"stream\":true", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData(",\"stream_options\":null,\"stream\":true", ",\"stream_options\":{\"include_usage\":true},\"stream\":true")]
    [InlineData(",\"stream\":true,\"stream_options\":{}", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData(",\"stream\":true,\"stream_options\":{\"include_usage\":false}", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData(",\"stream\":true,\"stream_options\":{ \"x\":1 }", ",\"stream\":true,\"stream_options\":{ \"x\":1,\"include_usage\":true }")]
    [InlineData(",\"stream\":true,\"stream_options\":{\"x\":1,\"include_usage\":true}", ",\"stream\":true,\"stream_options\":{\"x\":1,\"include_usage\":true}")]
    [InlineData(",\"stream\":false,\"stream_options\":{\"x\":1}", ",\"stream\":false,\"stream_options\":{\"x\":1}")]
    [InlineData(",\"store\":true,\"metadata\":{\"a\":\"b\"}", ",\"store\":true,\"metadata\":{\"a\":\"b\"}")]
    [InlineData(",\"metadata\":{\"a\":\"b\"}", "", "metadata")]
    [InlineData(",\"num_retries\":1,\"timeout\":3", "")]
    [InlineData(",\"mock_response\":\"x\",\"guardrails\":[]", "", "mock_response")]
    [InlineData(",\"t\\u0061gs\":[]", "")]
    [InlineData(",\"c\\u0061ching\":true", "", "caching")]
    public void An_OpenAI_body_changes_only_where_it_must(string members, string expected, string losses = "")
    {
        var sent = Write($$"""{"model":"gpt",{{Hi}}{{members}}}""", RequestQuirks.None, out var lost);
        Assert.Equal($$"""{"model":"upstream \"m\"",{{Hi}}{{expected}}}""", sent);
        Assert.Equal(losses, string.Join(", ", lost));
    }

    [Theory]
    [InlineData(",\"stream\":true", ",\"stream\":true")]
    [InlineData(",\"stream\":true,\"stream_options\":{\"include_usage\":true}", ",\"stream\":true")]
    [InlineData(",\"user\":\"u\"", "", "user")]
    [InlineData(",\"max_completion_tokens\":5", ",\"max_tokens\":5")]
    [InlineData(",\"max_tokens\":3,\"max_completion_tokens\":5", ",\"max_tokens\":5")]
    [InlineData(",\"max_completion_tokens\":5,\"max_tokens\":3", ",\"max_tokens\":5")]
    [InlineData(",\"seed\":7,\"tool_choice\":\"required\"", ",\"random_seed\":7,\"tool_choice\":\"any\"")]
    [InlineData(",\"tool_choice\":{\"type\":\"function\"}", ",\"tool_choice\":{\"type\":\"function\"}")]
    public void A_vendors_quirks_are_applied(string members, string expected, string losses = "")
    {
        var sent = Write($$"""{"model":"gpt",{{Hi}}{{members}}}""", Picky, out var lost);
        Assert.Equal($$"""{"model":"upstream \"m\"",{{Hi}}{{expected}}}""", sent);
        Assert.Equal(losses, string.Join(", ", lost));
    }

    [Theory]
    [InlineData("", "", "refused")]
    [InlineData(",\"drop_params\":true", "", "logit_bias")]
    [InlineData(",\"allowed_openai_params\":[\"logit_bias\"]", ",\"logit_bias\":{\"1\":2}")]
    public void What_the_vendor_refuses_is_refused_here_unless_the_call_says_otherwise(string members, string expected, string losses = "")
    {
        var sent = Write($$$"""{"model":"gpt",{{{Hi}}},"logit_bias":{"1":2}{{{members}}}}""", Picky, out var lost);
        if (losses is "refused") Assert.Equal("logit_bias", sent);
        else Assert.Equal($$"""{"model":"upstream \"m\"",{{Hi}}{{expected}}}""", sent);
        Assert.Equal(losses.Replace("refused", "", StringComparison.Ordinal), string.Join(", ", lost));
    }

    [Fact]
    public void Messages_keep_every_byte_that_no_quirk_is_about()
    {
        var sent = Write("""{"messages": [ {"role":"developer", "content" : "A\u00e9 1.0"} ,{"name":"bob","role":"user","content":[{"type":"text","name":"kept"}]}, {"role":"developers"} ],"model":"gpt"}""", Picky, out var lost);
        Assert.Equal("""{"messages": [ {"role":"system", "content" : "A\u00e9 1.0"} ,{"role":"user","content":[{"type":"text","name":"kept"}]}, {"role":"developers"} ],"model":"upstream \"m\""}""", sent);
        Assert.Equal(["messages[1].name"], lost);
    }

    [Fact]
    public void Defaults_of_the_deployment_stand_in_where_the_client_is_silent()
    {
        KeyValuePair<string, ReadOnlyMemory<byte>>[] defaults =
        [
            new("temperature", "0.2"u8.ToArray()),
            new("max_tokens", "99"u8.ToArray()),
            new("extra", """{"a":[1]}"""u8.ToArray()),
        ];
        var sent = Write($$"""{"model":"gpt",{{Hi}},"temperature":1,"max_completion_tokens":5}""", Picky, out _, defaults);
        Assert.Equal($$$"""{"model":"upstream \"m\"",{{{Hi}}},"temperature":1,"max_tokens":5,"extra":{"a":[1]}}""", sent);
    }

    [Fact]
    public void A_body_without_a_model_gets_one() =>
        Assert.Equal($$"""{{{Hi}},"model":"upstream \"m\""}""", Write($$"""{{{Hi}}}""", RequestQuirks.None, out _));

    private static string Write(string body, RequestQuirks quirks, out List<string> losses, params KeyValuePair<string, ReadOnlyMemory<byte>>[] defaults)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Null(CallEnvelopeReader.Read(bytes, Operation.Chat.Input, out var envelope));
        var call = new ModelCall(envelope, bytes, Calls.Deployment with { DefaultParameters = defaults }, "upstream \"m\"", "gpt");
        var output = new ArrayBufferWriter<byte>();
        losses = [];
        if (new CompatibleBody(call, quirks, losses).Write(output) is { } refused) return refused.Param!;
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
