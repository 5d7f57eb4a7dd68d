using System.Text.Json;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Model;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Bedrock;

/// <summary>Chat completion requests as Converse requests; every one is shown to the strict fake.</summary>
public sealed partial class RequestTests
{
    private const string Anthropic = "tests/ChatKit.Gateway.Tests/Providers/Anthropic/Golden";
    private const string Own = "tests/ChatKit.Gateway.Tests/Providers/Bedrock/Golden";
    private const string Tool = """{"type":"function","function":{"name":"now","description":"The time.","parameters":{"type":"object","properties":{}},"strict":true},"cache_control":{"type":"ephemeral"}}""";

    [Theory]
    [InlineData("chat.json", "converse.json")]
    [InlineData("tools.chat.json", "tools.converse.json")]
    public void The_whole_of_a_request(string chat, string converse)
    {
        var fixture = Golden.Read($"{Anthropic}/{chat}").Trim();
        var sent = Sent.To(Sent.Claude, WebImage().Replace(fixture[1..^1], "data:image/png;base64,iVBORw0KGgo="));

        Golden.Matches($"{Own}/{converse}", Calls.Pretty(System.Text.Encoding.UTF8.GetBytes(sent.Json)) + string.Concat(sent.Losses.Select(static loss => $"// left out: {loss}\n")));
    }

    [Fact]
    public void Files_of_every_kind_are_carried_and_no_two_have_one_name()
    {
        var sent = Sent.To(
            Sent.Claude,
            """
            "messages":[{"role":"user","content":[{"type":"text","text":"Compare."},
            {"type":"file","file":{"filename":"Q3: report_v2.pdf","file_data":"data:application/pdf;base64,JVBERi0="}},{"type":"file","file":{"filename":"Q3: report_v2.pdf","file_data":"data:text/csv;base64,YQ=="}},
            {"type":"file","file":{"file_data":"s3://bucket/a.docx"}},{"type":"image_url","image_url":{"url":"s3://bucket/b.JPG"}},{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}]
            """);

        Assert.Equal(
            """{"document":{"format":"pdf","source":{"bytes":"JVBERi0="},"name":"Q3 report v2"}} {"document":{"format":"csv","source":{"bytes":"YQ=="},"name":"Q3 report v2-2"}} {"document":{"format":"docx","source":{"s3Location":{"uri":"s3://bucket/a.docx"}},"name":"document"}} {"image":{"format":"jpeg","source":{"s3Location":{"uri":"s3://bucket/b.JPG"}}}} {"audio":{"format":"wav","source":{"bytes":"AAAA"}}}""",
            string.Join(' ', sent.Body.GetProperty("messages")[0].GetProperty("content").EnumerateArray().Skip(1).Select(static block => block.GetRawText())));
    }

    [Fact]
    public void Reasoning_goes_back_with_its_seal_and_the_answer_of_a_tool_with_its_failure()
    {
        var sent = Sent.To(
            Sent.Claude,
            $$"""
            "tools":[{{Tool}}],"messages":[{"role":"user","content":"Hi"},
            {"role":"assistant","content":null,"thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"EqQ="},{"type":"redacted_thinking","data":"EmwK"}],"tool_calls":[{"id":"call a/1","type":"function","function":{"name":"now","arguments":"{}"} } ]},
            {"role":"tool","tool_call_id":"call a/1","content":[{"type":"text","text":"no clock","cache_control":{"type":"ephemeral","ttl":"1h"} } ],"is_error":true}]
            """);

        Assert.Equal(
            """[{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"EqQ="}}},{"reasoningContent":{"redactedContent":"EmwK"}},{"toolUse":{"toolUseId":"call_a_1","name":"now","input":{}}}]""",
            sent.Body.GetProperty("messages")[1].GetProperty("content").GetRawText());
        Assert.Equal(
            """[{"toolResult":{"toolUseId":"call_a_1","content":[{"text":"no clock"}],"status":"error"}},{"cachePoint":{"type":"default","ttl":"1h"}}]""",
            sent.Body.GetProperty("messages")[2].GetProperty("content").GetRawText());
        Assert.Equal(
            """{"tools":[{"toolSpec":{"name":"now","inputSchema":{"json":{"type":"object","properties":{}}},"description":"The time.","strict":true}},{"cachePoint":{"type":"default"}}]}""",
            sent.Body.GetProperty("toolConfig").GetRawText());
    }

    [Theory]
    [InlineData(Sent.Claude, "\"reasoning_effort\":\"medium\"", "additionalModelRequestFields", """{"thinking":{"type":"enabled","budget_tokens":2048}}""")]
    [InlineData("global.anthropic.claude-opus-4-6-v1", "\"reasoning_effort\":\"high\"", "outputConfig", """{"effort":"high"}""")]
    [InlineData("openai.gpt-oss-120b-1:0", "\"reasoning_effort\":\"minimal\"", "additionalModelRequestFields", """{"reasoning_effort":"low"}""")]
    [InlineData(Sent.Claude, "\"top_k\":40,\"anthropic_beta\":[\"b\"]", "additionalModelRequestFields", """{"top_k":40,"anthropic_beta":["b"]}""")]
    [InlineData(Sent.Nova, "\"top_k\":40", "additionalModelRequestFields", """{"inferenceConfig":{"topK":40}}""")]
    [InlineData(Sent.Claude, "\"additionalModelRequestFields\":{\"top_k\":4}", "additionalModelRequestFields", """{"top_k":4}""")]
    [InlineData(Sent.Claude, "\"guardrailConfig\":{\"guardrailIdentifier\":\"g\",\"guardrailVersion\":\"1\"}", "guardrailConfig", """{"guardrailIdentifier":"g","guardrailVersion":"1"}""")]
    [InlineData(Sent.Claude, "\"performanceConfig\":{\"latency\":\"optimized\"}", "performanceConfig", """{"latency":"optimized"}""")]
    [InlineData(Sent.Claude, "\"service_tier\":\"priority\"", "serviceTier", """{"type":"priority"}""")]
    [InlineData(Sent.Claude, "\"stop\":[\"\",\"END\"],\"max_tokens\":7", "inferenceConfig", """{"maxTokens":7,"stopSequences":["END"]}""")]
    public void What_only_some_know_has_its_place(string model, string members, string member, string expected) =>
        Assert.Equal(expected, Sent.To(model, members).Body.GetProperty(member).GetRawText());

    [Theory]
    [InlineData("\"auto\"", """{"auto":{}}""")]
    [InlineData("\"required\"", """{"any":{}}""")]
    [InlineData("""{"type":"function","function":{"name":"now"}}""", """{"tool":{"name":"now"}}""")]
    public void A_choice_of_tool(string choice, string expected) =>
        Assert.Equal(expected, Sent.To(Sent.Claude, $"\"tools\":[{Tool}],\"tool_choice\":{choice}").Body.GetProperty("toolConfig").GetProperty("toolChoice").GetRawText());

    [Fact]
    public void No_tools_at_all_is_what_none_means()
    {
        Assert.False(Sent.To(Sent.Claude, $"\"tools\":[{Tool}],\"tool_choice\":\"none\"").Body.TryGetProperty("toolConfig", out _));

        var amid = $$"""
            "tools":[{{Tool}}],"tool_choice":"none","messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"now","arguments":"{}"} } ]},{"role":"tool","tool_call_id":"c","content":"noon"}]
            """;
        Assert.Equal("tool_choice", Sent.Refused(Sent.Claude, amid).Param);
        Assert.Equal(["tool_choice"], Sent.To(Sent.Claude, amid, new ParameterPolicy { Drops = true }).Losses);
    }

    [Fact]
    public void One_call_at_a_time_is_Claude_s_own_word()
    {
        const string Members = $"\"tools\":[{Tool}],\"parallel_tool_calls\":false,\"tool_choice\":\"required\"";

        Assert.Equal("""{"tool_choice":{"type":"any","disable_parallel_tool_use":true}}""", Sent.To(Sent.Claude, Members).Body.GetProperty("additionalModelRequestFields").GetRawText());
        Assert.Equal("parallel_tool_calls", Sent.Refused(Sent.Nova, Members).Param);
    }

    [Fact]
    public void Tools_of_earlier_turns_stand_in_for_themselves_where_repairs_are_allowed()
    {
        const string Members = """
            "messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"now","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"noon"}]
            """;

        Assert.Contains("toolConfig", Record.Exception(() => Sent.To(Sent.Claude, Members))?.Message, StringComparison.Ordinal);
        Assert.Equal("dummy_tool", Sent.To(Sent.Claude, Members, new ParameterPolicy { Repairs = true }).Body.GetProperty("toolConfig").GetProperty("tools")[0].GetProperty("toolSpec").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("\"seed\":1", "seed")]
    [InlineData("\"logit_bias\":{\"1\":1}", "logit_bias")]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"tools\":[{\"type\":\"custom\"}]", "tools[0].type")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}]}]", "messages[0].content[0].file")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/tiff;base64,AA==\"}}]}]", "messages[0].content[0].image_url.url")]
    public void What_cannot_be_carried_is_refused_by_name(string members, string param) => Assert.Equal((400, param), (Sent.Refused(Sent.Claude, members).Status, Sent.Refused(Sent.Claude, members).Param));

    [Fact]
    public void A_base_model_tells_what_an_opaque_name_does_not()
    {
        var call = Calls.Call("""{"messages":[{"role":"user","content":"Hi"}],"reasoning_effort":"low"}""");
        var opaque = call with { UpstreamModel = "arn:aws:bedrock:eu-west-1:1:application-inference-profile/x1", Deployment = call.Deployment with { BaseModel = "anthropic.claude-sonnet-4-5" } };
        var request = new Gateway.Providers.UpstreamRequest();

        Assert.Null(new Gateway.Providers.Bedrock.BedrockProvider(TimeProvider.System).WriteRequest(opaque, request));
        Assert.Equal(1024, JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan).GetProperty("additionalModelRequestFields").GetProperty("thinking").GetProperty("budget_tokens").GetInt32());
    }

    [GeneratedRegex("https://[^\"]+")]
    private static partial Regex WebImage();
}
