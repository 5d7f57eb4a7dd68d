using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>What reaches Anthropic, what is refused before it, and what is said to be lost.</summary>
public sealed class RequestTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Anthropic/Golden";
    private const string Hi = """{"role":"user","content":"Hi"}""";

    private readonly AnthropicProvider _provider = new(TimeProvider.System);

    [Fact]
    public void A_full_request_becomes_the_golden_one()
    {
        var request = Write(Golden.Read($"{Folder}/chat.json"), stream: true);

        Golden.Matches($"{Folder}/messages.json", Calls.Pretty(request.Body.WrittenSpan));
        Assert.Equal("https://api.anthropic.com/v1/messages", request.Address?.AbsoluteUri);
        Assert.Equal([new("x-api-key", "sk-ant-secret"), new("anthropic-version", "2023-06-01")], request.Headers);
        Calls.AssertAccepted(request);
        Assert.Equal(["metadata", "store", "prompt_cache_key", "messages[8].name", "messages[9].content[0]", "temperature"], request.Losses);
    }

    [Theory]
    [InlineData("", 4096)]
    [InlineData(""","max_tokens":7""", 7)]
    [InlineData(""","max_completion_tokens":8""", 8)]
    [InlineData(""","max_tokens":7,"max_completion_tokens":8""", 8)]
    [InlineData(""","max_tokens":null""", 4096)]
    public void The_limit_is_the_clients_or_the_default(string members, long expected) =>
        Assert.Equal(expected, Body($$"""{"messages":[{{Hi}}]{{members}}}""").GetProperty("max_tokens").GetInt64());

    [Theory]
    [InlineData(""" "STOP" """, """["STOP"]""")]
    [InlineData("""["a","b"]""", """["a","b"]""")]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    public void Stop_becomes_stop_sequences(string stop, string? expected) =>
        Assert.Equal(expected, Member($$"""{"messages":[{{Hi}}],"stop":{{stop}}}""", "stop_sequences"));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.70", "0.70")]
    [InlineData("1", "1")]
    [InlineData("2", "1", "temperature")]
    [InlineData("null", null)]
    public void Temperature_ends_at_one(string given, string? expected, params string[] losses) =>
        AssertCarried($$"""{"messages":[{{Hi}}],"temperature":{{given}}}""", "temperature", expected, losses);

    [Theory]
    [InlineData("user", "7f3a-opaque", true)]
    [InlineData("safety_identifier", "sha256:abcdef", true)]
    [InlineData("user", "ada@example.com", false)]
    [InlineData("user", "+49 (0)30 123-4567", false)]
    [InlineData("safety_identifier", "5551234567", false)]
    public void An_end_user_is_named_only_by_an_opaque_id(string parameter, string id, bool carried) =>
        AssertCarried($$"""{"messages":[{{Hi}}],"{{parameter}}":"{{id}}"}""", "metadata", carried ? $$"""{"user_id":"{{id}}"}""" : null, carried ? [] : [parameter]);

    [Fact]
    public void An_id_that_is_too_long_stays_here() =>
        AssertCarried($$"""{"messages":[{{Hi}}],"user":"{{new string('x', 257)}}"}""", "metadata", null, ["user"]);

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("default", "standard_only")]
    [InlineData("standard_only", "standard_only")]
    [InlineData("flex", null, "service_tier")]
    public void The_service_tier_is_adapted(string given, string? expected, params string[] losses) =>
        AssertCarried($$"""{"messages":[{{Hi}}],"service_tier":"{{given}}"}""", "service_tier", expected is null ? null : $"\"{expected}\"", losses);

    [Theory]
    [InlineData("n", "2")]
    [InlineData("n", "0")]
    [InlineData("frequency_penalty", "0.5")]
    [InlineData("presence_penalty", "-1")]
    [InlineData("logit_bias", """{"50256":-100}""")]
    [InlineData("logprobs", "true")]
    [InlineData("top_logprobs", "3")]
    [InlineData("seed", "42")]
    [InlineData("audio", """{"voice":"alloy","format":"wav"}""")]
    [InlineData("modalities", """["text","audio"]""")]
    [InlineData("verbosity", "\"low\"")]
    [InlineData("functions", """[{"name":"f"}]""")]
    public void A_parameter_that_would_change_the_answer_is_refused_by_name(string parameter, string value)
    {
        var error = Refused($$"""{"messages":[{{Hi}}],"{{parameter}}":{{value}}}""");

        Assert.Equal((400, "invalid_request_error", parameter, "unsupported_parameter", ErrorOrigin.Client), (error.Status, error.Type, error.Param, error.Code, error.Origin));
        Assert.Contains($"'{parameter}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", "messages")]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""{"messages":null}""", "messages")]
    [InlineData("""{"messages":[{"role":"system","content":"alone"}]}""", "messages")]
    [InlineData("""{"messages":[null]}""", "messages[0]")]
    [InlineData("""{"messages":[{"content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"wizard","content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"messages":"Hi"}""", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":7}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content[0].text")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":7}]}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":[{"text":"x"}]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"messages":[{"role":"user","content":[null]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yo"},{"role":"user","content":" "}]}""", "messages[2].content")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"max_tokens":"many"}""", "max_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"max_tokens":1.5}""", "max_tokens")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"temperature":"hot"}""", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"stop":[" \n"]}""", "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"stop":[null]}""", "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"temperature":1e400}""", "temperature")]
    [InlineData("""{"messages":[{"role":"user","content":"half \ud83d"}]}""", "request_body")]
    [InlineData("""[1]""", "request_body")]
    public void A_request_that_is_not_one_is_refused_with_the_path(string body, string param)
    {
        var error = Refused(body);

        Assert.Equal((400, "invalid_request_error", param), (error.Status, error.Type, error.Param));
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_message_within_the_conversation_is_left_out()
    {
        var turns = Body("""{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":null},{"role":"user","content":"b"}]}""").GetProperty("messages");

        var turn = Assert.Single(turns.EnumerateArray());
        Assert.Equal(["a", "b"], turn.GetProperty("content").EnumerateArray().Select(block => block.GetProperty("text").GetString()));
    }

    [Fact]
    public void A_member_that_openai_does_not_know_travels_as_it_came() =>
        AssertCarried($$"""{"messages":[{{Hi}}],"context_management":{"edits":[1.50,"é"]} }""", "context_management", """{"edits":[1.50,"é"]}""", []);

    [Fact]
    public void The_deployments_defaults_are_sent_where_the_client_set_none()
    {
        var call = Calls.Call($$"""{"messages":[{{Hi}}],"top_p":0.1}""");
        call = call with { Deployment = call.Deployment with { DefaultParameters = [new("top_p", "0.9"u8.ToArray()), new("max_tokens", "99"u8.ToArray())] } };
        var request = new UpstreamRequest();

        Assert.Null(_provider.WriteRequest(call, request));

        var body = JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan);
        Assert.Equal((0.1, 99), (body.GetProperty("top_p").GetDouble(), body.GetProperty("max_tokens").GetInt32()));
    }

    [Fact]
    public void The_deployments_headers_are_sent()
    {
        var call = Calls.Call($$"""{"messages":[{{Hi}}]}""");
        call = call with { Deployment = call.Deployment with { ApiKey = null, Headers = [new("anthropic-beta", "context-1m-2025-08-07")] } };
        var request = new UpstreamRequest();

        Assert.Null(_provider.WriteRequest(call, request));

        Assert.Equal([new("anthropic-version", "2023-06-01"), new("anthropic-beta", "context-1m-2025-08-07")], request.Headers);
    }

    [Fact]
    public void Two_megabytes_of_text_arrive_whole()
    {
        var text = string.Concat(Enumerable.Repeat("é𝄞\\\"\n", 200_000));

        var sent = Body(JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = text } } }));

        Assert.Equal(text, sent.GetProperty("messages")[0].GetProperty("content")[0].GetProperty("text").GetString());
    }

    private UpstreamRequest Write(string body, bool stream = false)
    {
        var request = new UpstreamRequest();
        Assert.Null(_provider.WriteRequest(Calls.Call(body, stream), request));
        return request;
    }

    private JsonElement Body(string body) => JsonSerializer.Deserialize<JsonElement>(Write(body).Body.WrittenSpan);

    private string? Member(string body, string name) => Body(body).TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private void AssertCarried(string body, string member, string? expected, string[] losses)
    {
        Assert.Equal(expected, Member(body, member));
        Assert.Equal(losses, Write(body).Losses);
    }

    private GatewayError Refused(string body)
    {
        var request = new UpstreamRequest();
        var error = _provider.WriteRequest(Calls.Call(body), request);
        Assert.Equal(0, request.Body.WrittenCount);
        return Assert.IsType<GatewayError>(error);
    }
}
