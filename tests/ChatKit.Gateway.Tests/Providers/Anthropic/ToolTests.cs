using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>Tools, their calls and answers, images and documents, on the way there and back.</summary>
public sealed class ToolTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Anthropic";
    private const string Hi = """{"role":"user","content":"Hi"}""";
    private const string Tool = """{"type":"function","function":{"name":"now"}}""";

    private readonly AnthropicProvider _provider = new(TimeProvider.System);

    [Fact]
    public void A_conversation_with_tools_and_images_becomes_the_golden_one()
    {
        var request = Write(Golden.Read($"{Folder}/Golden/tools.chat.json"));

        Golden.Matches($"{Folder}/Golden/tools.messages.json", Calls.Pretty(request.Body.WrittenSpan));
        Assert.Equal(["messages[1].content[1].image_url.detail", "messages[2].thinking_blocks[2]"], request.Losses);
        Calls.AssertAccepted(request);
    }

    [Theory]
    [InlineData(""","tool_choice":"auto" """, """{"type":"auto"}""")]
    [InlineData(""","tool_choice":"none" """, """{"type":"none"}""")]
    [InlineData(""","tool_choice":"none","parallel_tool_calls":false""", """{"type":"none"}""")]
    [InlineData(""","tool_choice":"required" """, """{"type":"any"}""")]
    [InlineData(""","tool_choice":{"type":"function","function":{"name":"now"}}""", """{"type":"tool","name":"now"}""")]
    [InlineData(""","tool_choice":{"type":"function","function":{"name":"now"}},"parallel_tool_calls":false""", """{"type":"tool","name":"now","disable_parallel_tool_use":true}""")]
    [InlineData(""","parallel_tool_calls":false""", """{"type":"auto","disable_parallel_tool_use":true}""")]
    [InlineData(""","parallel_tool_calls":true""", null)]
    [InlineData(""","tool_choice":null""", null)]
    public void The_choice_of_tools_is_carried(string members, string? expected)
    {
        var sent = JsonSerializer.Deserialize<JsonElement>(Write($$"""{"messages":[{{Hi}}],"tools":[{{Tool}}]{{members}}}""").Body.WrittenSpan);

        Assert.Equal(expected, sent.TryGetProperty("tool_choice", out var choice) ? choice.GetRawText() : null);
    }

    [Theory]
    [InlineData(""" "tool_choice":"auto","parallel_tool_calls":false""")]
    [InlineData(""" "tool_choice":"none","tools":[]""")]
    [InlineData(""" "tools":null""")]
    public void Without_tools_a_choice_of_none_asks_nothing(string members)
    {
        var sent = JsonSerializer.Deserialize<JsonElement>(Write($$"""{"messages":[{{Hi}}],{{members}}}""").Body.WrittenSpan);

        Assert.False(sent.TryGetProperty("tool_choice", out _) || sent.TryGetProperty("tools", out _));
    }

    [Theory]
    [InlineData(""" "tools":[{"type":"custom","custom":{"name":"grep"}}]""", "tools[0].type")]
    [InlineData(""" "tools":[null]""", "tools[0].type")]
    [InlineData(""" "tools":[{"type":"function"}]""", "tools[0].function.name")]
    [InlineData(""" "tools":"all" """, "tools")]
    [InlineData(""" "tool_choice":"required" """, "tool_choice")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"now"}}],"tool_choice":"sometimes" """, "tool_choice")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"now"}}],"tool_choice":{"type":"allowed_tools"}""", "tool_choice")]
    [InlineData(""" "tools":[{"type":"function","function":{"name":"now"}}],"tool_choice":7""", "tool_choice")]
    public void A_tool_that_cannot_be_carried_is_refused(string members, string param) => Assert.Equal(param, Refused($$"""{"messages":[{{Hi}}],{{members}}}""").Param);

    [Theory]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"1","type":"custom","custom":{"name":"grep","input":"x"}}]}""", "messages[1].tool_calls[0].type")]
    [InlineData("""{"role":"assistant","tool_calls":[{"type":"function","function":{"name":"now","arguments":"{}"}}]}""", "messages[1].tool_calls[0]")]
    [InlineData("""{"role":"assistant","tool_calls":[null]}""", "messages[1].tool_calls[0]")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"now","arguments":"[1]"}}]}""", "messages[1].tool_calls[0].function.arguments")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"now","arguments":"{\"a\":"}}]}""", "messages[1].tool_calls[0].function.arguments")]
    [InlineData("""{"role":"assistant","function_call":{"name":"now","arguments":"{}"}}""", "messages[1].function_call")]
    [InlineData("""{"role":"function","name":"now","content":"12:00"}""", "messages[1].role")]
    [InlineData("""{"role":"tool","content":"12:00"}""", "messages[1].tool_call_id")]
    [InlineData("""{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}""", "messages[1].content[0]")]
    [InlineData("""{"role":"user","content":[{"type":"image_url"}]}""", "messages[1].content[0].image_url.url")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"file:///etc/passwd"}}]}""", "messages[1].content[0].image_url.url")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/tiff;base64,AAAA"}}]}""", "messages[1].content[0].image_url.url")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png,raw"}}]}""", "messages[1].content[0].image_url.url")]
    [InlineData("""{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}""", "messages[1].content[0].file")]
    [InlineData("""{"role":"user","content":[{"type":"file","file":{"file_data":"data:text/plain;base64,/w=="}}]}""", "messages[1].content[0].file")]
    [InlineData("""{"role":"user","content":[{"type":"video","video":{}}]}""", "messages[1].content[0]")]
    [InlineData("""{"role":"user","content":[{"type":"file","file":{"file_data":"data:text/csv;base64,AAAA"}}]}""", "messages[1].content[0].file")]
    public void A_message_that_cannot_be_carried_is_refused(string message, string param) => Assert.Equal(param, Refused($$"""{"messages":[{{Hi}},{{message}}]}""").Param);

    [Fact]
    public void A_conversation_of_nothing_that_can_be_carried_is_refused() =>
        Assert.Equal("messages", Refused("""{"messages":[{"role":"assistant","thinking_blocks":[{"type":"thinking","thinking":"no seal"}]}]}""").Param);

    [Fact]
    public void A_call_of_a_tool_comes_back_whole()
    {
        var answer = Read(
            """
            {"id":"msg_1","type":"message","content":[{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city": "Paris", "days": 1.50}},
            {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}}
            """);

        var choice = answer.GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        Assert.Equal(
            """[{"id":"toolu_1","type":"function","function":{"name":"weather","arguments":"{\"city\": \"Paris\", \"days\": 1.50}"}},{"id":"toolu_2","type":"function","function":{"name":"now","arguments":"{}"}}]""",
            choice.GetProperty("message").GetProperty("tool_calls").GetRawText());
    }

    [Fact]
    public void An_answer_that_is_sent_back_says_the_same_to_the_provider()
    {
        const string Content = """[{"type":"thinking","thinking":"Hm.","signature":"EqQ="},{"type":"text","text":"Let me see."},{"type":"tool_use","id":"toolu_1","name":"now","input":{"zone":"CET","n":[1.0,null]}}]""";
        var message = Read($$$"""{"id":"msg_1","type":"message","content":{{{Content}}},"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2}}""")
            .GetProperty("choices")[0].GetProperty("message").GetRawText();

        var request = Write($$"""{"messages":[{{Hi}},{{message}},{"role":"tool","tool_call_id":"toolu_1","content":"12:00"}],"tools":[{{Tool}}]}""");

        Assert.Empty(request.Losses);
        Assert.Equal(Content, JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan).GetProperty("messages")[1].GetProperty("content").GetRawText());
        Calls.AssertAccepted(request);
    }

    private UpstreamRequest Write(string body)
    {
        var request = new UpstreamRequest();
        Assert.Null(_provider.WriteRequest(Calls.Call(body), request));
        return request;
    }

    private GatewayError Refused(string body)
    {
        var error = Assert.IsType<GatewayError>(_provider.WriteRequest(Calls.Call(body), new UpstreamRequest()));
        Assert.Equal((400, "invalid_request_error"), (error.Status, error.Type));
        return error;
    }

    private JsonElement Read(string answer)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(_provider.ReadAnswer(Calls.Call("{}"), System.Text.Encoding.UTF8.GetBytes(answer), output, out _));
        return JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan);
    }
}
