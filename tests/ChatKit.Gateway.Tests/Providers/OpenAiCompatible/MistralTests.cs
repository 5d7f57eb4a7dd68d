using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OpenAiCompatible;

/// <summary>Where Mistral differs from the dialect that it nearly speaks.</summary>
public sealed class MistralTests
{
    private const string Hi = """{"role":"user","content":"Hi"}""";

    private readonly IProvider _provider = OpenAiOperations.Of(ProviderRows.All.Single(row => row.Name == "mistral"))[Operation.Chat];

    [Fact]
    public void Ids_of_other_providers_take_its_form_and_stay_together()
    {
        var (messages, losses) = Messages(
            $$"""
            {{Hi}},{"role":"assistant","content":null,"tool_calls":[{"id":"toolu_01VpEm654HvfMoRcrE3Hgdc6","type":"function","function":{"name":"now","arguments":"{}"} },{"id":"yrBt1VHbH","type":"function","function":{"name":"now","arguments":"{}"} } ]},
            {"role":"tool","tool_call_id":"toolu_01VpEm654HvfMoRcrE3Hgdc6","content":"noon"},{"role":"tool","tool_call_id":"yrBt1VHbH","content":"one"}
            """);

        var calls = messages[1].GetProperty("tool_calls");
        var id = calls[0].GetProperty("id").GetString()!;
        Assert.Matches("^[a-zA-Z0-9]{9}$", id);
        Assert.Equal((id, "yrBt1VHbH", "yrBt1VHbH"), (messages[2].GetProperty("tool_call_id").GetString(), calls[1].GetProperty("id").GetString(), messages[3].GetProperty("tool_call_id").GetString()));
        Assert.Empty(losses);
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"Well"}""", """{"role":"assistant","content":"Well","prefix":true}""")]
    [InlineData("""{"role":"assistant","content":"Well","prefix":false}""", """{"role":"assistant","content":"Well","prefix":false}""")]
    [InlineData(Hi, Hi)]
    public void A_last_turn_to_continue_says_so(string last, string expected) => Assert.Equal(expected, Messages($"{Hi},{last}").Messages[1].GetRawText());

    [Theory]
    [InlineData(
        """{"role":"assistant","content":"Well","reasoning_content":"Hm."}""",
        """{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Well"}]}""")]
    [InlineData(
        """{"role":"assistant","content":null,"reasoning_content":"Hm.","annotations":[],"audio":null,"refusal":null}""",
        """{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]}]}""")]
    [InlineData(
        """{"role":"assistant","content":[{"type":"text","text":"Well"}],"reasoning_content":"Hm."}""",
        """{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Well"}]}""")]
    public void Reasoning_goes_back_into_the_content(string message, string expected)
    {
        var (messages, losses) = Messages($"{Hi},{message},{Hi}");

        Assert.Equal(expected, messages[1].GetRawText());
        Assert.Empty(losses);
    }

    [Fact]
    public void Its_own_parameters_pass()
    {
        const string Own = """ "safe_prompt":true,"prompt_mode":"reasoning","random_seed":7""";

        Assert.EndsWith(Own + "}", Write($$"""{"model":"m","messages":[{{Hi}}],{{Own}}}""", out _), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logprobs", "true")]
    [InlineData("logit_bias", """{"1":2}""")]
    [InlineData("verbosity", "\"low\"")]
    public void What_it_refuses_is_refused_here_or_dropped(string name, string value)
    {
        Assert.Equal(name, Refused($$"""{"model":"m","messages":[{{Hi}}],"{{name}}":{{value}}}""").Param);
        Write($$"""{"model":"m","messages":[{{Hi}}],"{{name}}":{{value}},"drop_params":true}""", out var losses);
        Assert.Equal([name], losses);
    }

    [Fact]
    public void An_answer_in_pieces_becomes_text_reasoning_and_the_rest()
    {
        const string Answer = """{"id":"1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Four"},{"type":"reference","reference_ids":[1]}],"tool_calls":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";
        var output = new ArrayBufferWriter<byte>();

        Assert.Null(_provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(Answer), output, out var facts));

        Assert.Equal(
            """{"role":"assistant","content":"Four","tool_calls":null,"reasoning_content":"Hm.","provider_specific_fields":{"content_blocks":[{"type":"reference","reference_ids":[1]}]}}""",
            JsonElement.Parse(output.WrittenSpan).GetProperty("choices")[0].GetProperty("message").GetRawText());
        Assert.Equal(new TokenUsage(1, 2), facts.Usage);
    }

    private (JsonElement[] Messages, List<string> Losses) Messages(string messages)
    {
        var sent = Write($$"""{"model":"m","messages":[{{messages}}]}""", out var losses);
        return ([.. JsonElement.Parse(sent).GetProperty("messages").EnumerateArray()], losses);
    }

    private string Write(string body, out List<string> losses)
    {
        var request = new UpstreamRequest();
        Assert.Null(_provider.WriteRequest(Call(body), request));
        losses = request.Losses;
        return Encoding.UTF8.GetString(request.Body.WrittenSpan);
    }

    private GatewayError Refused(string body) => Assert.IsType<GatewayError>(_provider.WriteRequest(Call(body), new UpstreamRequest()));

    private static ModelCall Call(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Null(CallEnvelopeReader.Read(bytes, Operation.Chat.Input, out var envelope));
        return Calls.Call("{}") with { Envelope = envelope, Body = bytes };
    }
}
