using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OverChat.Responses;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Responses requests as chat completions: what arrives, what is refused, what is said to be lost.</summary>
public sealed class ResponsesRequestTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/OverChat/Golden";

    private static readonly OverChatCalls ToOpenAi = new(Operation.Responses, new ResponsesOverChat(TimeProvider.System));
    private static readonly OverChatCalls ToTranslated = new(Operation.Responses, new ResponsesOverChat(TimeProvider.System), ChatExtensions.All);

    [Fact]
    public void A_full_request_becomes_the_golden_one()
    {
        var (body, losses) = ToOpenAi.Send(Golden.Read($"{Folder}/full.responses.json"));

        Golden.Matches($"{Folder}/full.chat.json", Pretty(body));
        Assert.Equal(["prompt_cache_key", "truncation"], losses.Except(["input[2]"]));
        Assert.Contains("input[2]", losses);
    }

    [Fact]
    public void A_provider_with_a_wire_of_its_own_gets_its_reasoning_back()
    {
        var (body, losses) = ToTranslated.Send(Golden.Read($"{Folder}/full.responses.json"));

        Golden.Matches($"{Folder}/full.extended.chat.json", Pretty(body));
        Assert.DoesNotContain("input[2]", losses);
    }

    [Theory]
    [InlineData("""{"model":"smart","input":"Hi","brand_new":1}""", "brand_new")]
    [InlineData("""{"model":"smart","input":"Hi","conversation":"conv_1"}""", "conversation")]
    [InlineData("""{"model":"smart","input":"Hi","prompt":{"id":"pmpt_1"}}""", "prompt")]
    [InlineData("""{"model":"smart","input":"Hi","top_logprobs":2}""", "top_logprobs")]
    [InlineData("""{"model":"smart","input":"Hi","include":["message.output_text.logprobs"]}""", "include.message.output_text.logprobs")]
    [InlineData("""{"model":"smart","input":"Hi","tools":[{"type":"web_search"}]}""", "tools[0].web_search")]
    [InlineData("""{"model":"smart","input":"Hi","tools":[{"type":"function","name":"a"},{"type":"mcp","server_label":"x"}]}""", "tools[1].mcp")]
    [InlineData("""{"model":"smart","input":"Hi","tool_choice":{"type":"web_search"}}""", "tool_choice.web_search")]
    [InlineData("""{"model":"smart","input":[{"role":"user","content":"x"},{"type":"item_reference","id":"i"}]}""", "input[1].item_reference")]
    [InlineData("""{"model":"smart","input":[{"role":"user","content":[{"type":"input_text","text":"x"},{"type":"input_file","file_id":"f"}]}]}""", "input[0].content[1].file_id")]
    [InlineData("""{"model":"smart","input":[{"role":"user","content":[{"type":"input_text","text":"x"},{"type":"input_file","file_url":"https://x"}]}]}""", "input[0].content[1].file_url")]
    public void What_only_OpenAI_has_is_refused_by_name_or_dropped_where_that_is_the_policy(string asked, string path)
    {
        var (_, losses) = ToOpenAi.Send(asked, new ParameterPolicy { Drops = true });

        Assert.Equal(path, ToOpenAi.Refuse(asked)?.Param);
        Assert.Contains(path, losses);
    }

    [Theory]
    [InlineData("""{"model":"smart","input":[]}""", "input")]
    [InlineData("""{"model":"smart","input":7}""", "input")]
    [InlineData("""{"model":"smart","input":[{"role":"judge","content":"x"}]}""", "input[0].role")]
    [InlineData("""{"model":"smart","input":[{"role":"user"}]}""", "input[0].content")]
    [InlineData("""{"model":"smart","input":[{"role":"user","content":[{"type":"aura"}]}]}""", "input[0].content[0].type")]
    [InlineData("""{"model":"smart","input":[{"type":"function_call","name":"a"}]}""", "input[0]")]
    [InlineData("""{"model":"smart","input":[{"type":"function_call_output","output":"x"}]}""", "input[0].call_id")]
    [InlineData("""{"model":"smart","input":"Hi","tools":[{"type":"function"}]}""", "tools[0].name")]
    [InlineData("""{"model":"smart","input":"Hi","tool_choice":"some"}""", "tool_choice")]
    [InlineData("""{"model":"smart","input":"Hi","text":{"format":{"type":"xml"}}}""", "text.format.type")]
    [InlineData("""{"model":"smart","input":"Hi","temperature":"hot"}""", "temperature")]
    public void A_wrong_request_is_refused_with_the_place(string asked, string path) => Assert.Equal(path, ToOpenAi.Refuse(asked)?.Param);

    [Fact]
    public void Pictures_that_tools_gave_back_follow_the_answers_of_all_tools()
    {
        var (body, _) = ToOpenAi.Send("""
            {"model":"smart","input":[
              {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},{"type":"function_call","call_id":"b","name":"f","arguments":"{}"},
              {"type":"function_call_output","call_id":"a","output":[{"type":"input_image","image_url":"data:image/png;base64,AA"}]},
              {"type":"function_call_output","call_id":"b","output":"done"}]}
            """);

        Assert.Equal(["assistant", "tool", "tool", "user"], body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
    }

    private static string Pretty(JsonElement body) => Calls.Pretty(JsonSerializer.SerializeToUtf8Bytes(body));
}
