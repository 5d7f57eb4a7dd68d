using ChatKit.Gateway.Providers;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>response_format: by the model's own means, or by a tool that nobody sees.</summary>
public sealed class StructuredOutputTests
{
    private const string Native = "claude-haiku-4-5";
    private const string WithoutIt = "claude-sonnet-4-20250514";
    private const string Schema = """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""";
    private const string Tools = """ "tools":[{"type":"function","function":{"name":"now"}}] """;

    [Fact]
    public void A_model_that_has_it_gets_the_schema()
    {
        var sent = Sent.To(Native, Format(Schema));

        Assert.Equal($$$"""{"format":{"type":"json_schema","schema":{{{Schema}}}}}""", sent["output_config"]);
        Assert.Equal((null, null), (sent["tools"], sent["tool_choice"]));
        Assert.Empty(sent.Losses);
    }

    [Fact]
    public void Another_has_to_call_a_tool_that_takes_it()
    {
        var sent = Sent.To(WithoutIt, Format(Schema));

        Assert.Equal($$"""[{"name":"json_tool_call","input_schema":{{Schema}},"description":"A place."}]""", sent["tools"]);
        Assert.Equal("""{"type":"tool","name":"json_tool_call"}""", sent["tool_choice"]);
        Assert.Null(sent["output_config"]);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","minimum":1}},"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object"}}},"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}},"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"additionalProperties":false}},"additionalProperties":false}""")]
    [InlineData("""{"type":["object","null"],"additionalProperties":true}""", true)]
    public void A_schema_that_structured_output_does_not_take_goes_to_the_tool(string schema, bool hasNoRoot = false)
    {
        if (hasNoRoot) Assert.Equal("response_format", Sent.Refused(Native, Format(schema)).Param);
        else Assert.Equal(schema, Sent.To(Native, Format(schema))["tools.0.input_schema"]);
    }

    [Fact]
    public void A_schema_may_refer_to_its_own_parts()
    {
        const string Referring = """{"type":"object","properties":{"a":{"$ref":"#/$defs/n"},"b":{"anyOf":[{"type":"string","format":"date"},{"type":"null"}]},"c":{"type":"array","items":{"$ref":"#/$defs/n"},"minItems":1}},"$defs":{"n":{"type":"string","enum":["x"]}},"additionalProperties":false}""";

        Assert.Equal(Referring, Sent.To(Native, Format(Referring))["output_config.format.schema"]);
    }

    [Fact]
    public void Any_object_is_asked_for_by_a_tool() =>
        Assert.Equal("""{"type":"object","properties":{},"additionalProperties":true}""", Sent.To(Native, """ "response_format":{"type":"json_object"}""")["tools.0.input_schema"]);

    [Theory]
    [InlineData("", """{"type":"any"}""", 2)]
    [InlineData(",\"tool_choice\":\"required\"", """{"type":"any"}""", 2)]
    [InlineData(",\"tool_choice\":\"none\"", """{"type":"tool","name":"json_tool_call"}""", 2)]
    [InlineData(",\"parallel_tool_calls\":false", """{"type":"any","disable_parallel_tool_use":true}""", 2)]
    [InlineData(""","tool_choice":{"type":"function","function":{"name":"now"}}""", """{"type":"tool","name":"now"}""", 1)]
    public void The_clients_tools_can_still_be_called(string members, string choice, int tools)
    {
        var sent = Sent.To(WithoutIt, $"{Format(Schema)},{Tools}{members}");

        Assert.Equal((choice, tools), (sent["tool_choice"], sent.Body.GetProperty("tools").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{"type":"xml"}""")]
    [InlineData("""{"type":"json_schema"}""")]
    [InlineData("""{"type":"json_schema","json_schema":{"name":"x"}}""")]
    [InlineData("""{"type":"json_schema","json_schema":{"schema":7}}""")]
    [InlineData("\"json\"")]
    public void A_format_that_is_none_is_an_error(string format) => Assert.Equal("response_format", Sent.Refused(Native, $"\"response_format\":{format}").Param);

    [Fact]
    public void The_tools_name_is_reserved() =>
        Assert.Equal("tools[0].function.name", Sent.Refused(Native, """ "tools":[{"type":"function","function":{"name":"json_tool_call"}}] """).Param);

    [Fact]
    public void The_arguments_of_the_tool_are_the_content()
    {
        var choice = Sent.Choice("""[{"type":"tool_use","id":"toolu_1","name":"json_tool_call","input":{"city": "Paris"}}]""", "tool_use");

        Assert.Equal("""{"role":"assistant","content":"{\"city\": \"Paris\"}","refusal":null}""", choice.GetProperty("message").GetRawText());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public void Another_call_beside_it_is_still_a_call() => Assert.Equal(
        "tool_calls",
        Sent.Choice("""[{"type":"tool_use","id":"1","name":"json_tool_call","input":{}},{"type":"tool_use","id":"2","name":"now","input":{}}]""", "tool_use").GetProperty("finish_reason").GetString());

    [Theory]
    [InlineData(new[] { "{\\\"city\\\":", "\\\"Paris\\\"}" }, "{\"city\":\"Paris\"}")]
    [InlineData(new string[0], "{}")]
    public void In_a_stream_too(string[] pieces, string expected)
    {
        var transcript = string.Concat(
        [
            AnthropicReplies.Event("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}"""),
            AnthropicReplies.Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"json_tool_call","input":{}}}"""),
            .. pieces.Select(piece => AnthropicReplies.Event("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{{{piece}}}"}}""")),
            AnthropicReplies.Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
            AnthropicReplies.Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}"""),
            AnthropicReplies.Event("message_stop", """{"type":"message_stop"}"""),
        ]);

        var (output, steps) = Transcript.Play(Sent.Provider.OpenStream(Calls.Call("{}", stream: true)), Transcript.Events(transcript));

        Assert.Equal(StreamStep.Terminal, steps[^1]);
        Assert.DoesNotContain("tool_calls", output, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"stop\"", output, StringComparison.Ordinal);
        Assert.Equal(expected, Transcript.Content(output));
    }

    private static string Format(string schema) => $$$"""
        "response_format":{"type":"json_schema","json_schema":{"name":"place","description":"A place.","strict":true,"schema":{{{schema}}}}}
        """;
}
