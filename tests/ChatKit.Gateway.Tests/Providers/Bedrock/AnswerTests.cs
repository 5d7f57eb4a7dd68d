using System.Text.Json;
using ChatKit.Gateway.Providers.Bedrock;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Bedrock;

/// <summary>Converse's answers and errors as chat completions and errors.</summary>
public sealed class AnswerTests
{
    private const string Schema = """{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}""";

    [Fact]
    public void Everything_that_an_answer_says()
    {
        var answer = Sent.Answer("""
            [{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"EqQ="}}},{"reasoningContent":{"redactedContent":"EmwK"}},{"text":"Hi "},{"citationsContent":{"content":[{"text":"there"}],"citations":[]}},
            {"toolUse":{"toolUseId":"t1","name":"now","input":{"zone":"UTC"}}}]
            """, "tool_use");

        Assert.Equal(
            """{"role":"assistant","content":"Hi there","refusal":null,"reasoning_content":"Hm.","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"EqQ="},{"type":"redacted_thinking","data":"EmwK"}],"tool_calls":[{"id":"t1","type":"function","function":{"name":"now","arguments":"{\"zone\":\"UTC\"}"}}]}""",
            answer.GetProperty("choices")[0].GetProperty("message").GetRawText());
        Assert.Equal("tool_calls", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        var usage = answer.GetProperty("usage");
        Assert.Equal((9, 5, 14, 4), (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Count(usage, "total_tokens"), Count(usage.GetProperty("prompt_tokens_details"), "cached_tokens")));
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("guardrail_intervened", "content_filter")]
    [InlineData("content_filtered", "content_filter")]
    [InlineData("something_new", "stop")]
    public void Why_it_ended(string stopReason, string finishReason) =>
        Assert.Equal(finishReason, Sent.Answer("""[{"text":"x"}]""", stopReason).GetProperty("choices")[0].GetProperty("finish_reason").GetString());

    [Fact]
    public void A_guardrail_says_what_it_did()
    {
        var choice = Sent.Answer("""[{"text":"Sorry."}]""", "guardrail_intervened", ""","trace":{"guardrail":{"actionReason":"Guardrail blocked."}}""").GetProperty("choices")[0];

        Assert.Equal("""{"stop_reason":"guardrail_intervened","stop_details":{"guardrail":{"actionReason":"Guardrail blocked."}}}""", choice.GetProperty("provider_specific_fields").GetRawText());
    }

    [Fact]
    public void A_schema_is_the_model_s_own_word_where_it_has_one()
    {
        const string Members = $$$"""{"type":"json_schema","json_schema":{"name":"person","schema":{{{Schema}}}}}""";

        var native = Sent.To(Sent.Claude, $"\"response_format\":{Members}").Body;
        Assert.Equal(("person", Schema), (
            native.GetProperty("outputConfig").GetProperty("textFormat").GetProperty("structure").GetProperty("jsonSchema").GetProperty("name").GetString(),
            native.GetProperty("outputConfig").GetProperty("textFormat").GetProperty("structure").GetProperty("jsonSchema").GetProperty("schema").GetString()));

        var forced = Sent.To(Sent.Nova, $"\"response_format\":{Members}").Body.GetProperty("toolConfig");
        Assert.Equal("""{"tool":{"name":"json_tool_call"}}""", forced.GetProperty("toolChoice").GetRawText());
        Assert.Equal(Schema, forced.GetProperty("tools")[0].GetProperty("toolSpec").GetProperty("inputSchema").GetProperty("json").GetRawText());
    }

    [Fact]
    public void An_answer_by_tool_is_content()
    {
        var choice = Sent.Answer("""[{"toolUse":{"toolUseId":"t1","name":"json_tool_call","input":{"name":"Ada"}}}]""", "tool_use").GetProperty("choices")[0];

        Assert.Equal(("""{"name":"Ada"}""", "stop", false), (
            choice.GetProperty("message").GetProperty("content").GetString(), choice.GetProperty("finish_reason").GetString(), choice.GetProperty("message").TryGetProperty("tool_calls", out _)));
    }

    [Theory]
    [InlineData(429, """{"message":"Too many requests, please wait before trying again."}""", 429, "api_error", null)]
    [InlineData(400, """{"__type":"com.amazon.coral.service#ValidationException","message":"Input is too long for requested model."}""", 400, "ValidationException", "context_length_exceeded")]
    [InlineData(400, """{"message":"The model returned the following errors: prompt is too long: 215000 tokens > 200000 maximum"}""", 400, "api_error", "context_length_exceeded")]
    [InlineData(403, """{"Message":"User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel"}""", 403, "api_error", null)]
    [InlineData(424, """{"message":"The model failed.","originalStatusCode":500,"resourceName":"m"}""", 500, "api_error", null)]
    [InlineData(424, """{"message":"The model failed."}""", 424, "api_error", null)]
    public void An_error_is_read_whoever_wrote_it(int status, string body, int expected, string type, string? code)
    {
        var error = BedrockErrors.FromAnswer(status, System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal((expected, type, code), (error.Status, error.Type, error.Code));
        Assert.DoesNotContain("without an error message", error.Message, StringComparison.Ordinal);
    }

    private static int Count(JsonElement usage, string member) => usage.GetProperty(member).GetInt32();
}
