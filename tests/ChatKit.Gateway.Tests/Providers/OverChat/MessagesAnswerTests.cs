using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OverChat.Messages;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Completions as messages.</summary>
public sealed class MessagesAnswerTests
{
    private const string Asked = """{"model":"smart","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}""";

    private static readonly OverChatCalls Calls = new(Operation.Messages, new MessagesOverChat());

    [Fact]
    public void A_text_is_a_message_with_every_member_that_the_SDKs_expect() => Assert.Equal(
        """{"type":"message","role":"assistant","id":"msg_c-1","model":"smart","content":[{"type":"text","text":"Grüße \uD83D\uDE00"}],"usage":{"input_tokens":6,"cache_creation_input_tokens":0,"cache_read_input_tokens":3,"output_tokens":2,"service_tier":"standard"},"stop_reason":"end_turn","stop_sequence":null}""",
        Answer("""{"content":"Grüße 😀"}""", "stop"));

    [Fact]
    public void Reasoning_text_and_calls_stand_in_the_order_in_which_models_make_them()
    {
        var content = Content("""{"content":"Look:","reasoning_content":"Hm.","tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{\"at\": 1.0}"}},{"id":"c2","type":"function","function":{"name":"then","arguments":""}}]}""");

        Assert.Equal(
            """[{"type":"thinking","thinking":"Hm.","signature":""},{"type":"text","text":"Look:"},{"type":"tool_use","id":"c1","name":"now","input":{"at":1.0},"caller":{"type":"direct"}},{"type":"tool_use","id":"c2","name":"then","input":{},"caller":{"type":"direct"}}]""",
            content);
    }

    [Theory]
    [InlineData("""{"content":null,"thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"s"},{"type":"redacted_thinking","data":"d"}],"reasoning_content":"Hm."}""", """[{"type":"thinking","thinking":"Hm.","signature":"s"},{"type":"redacted_thinking","data":"d"}]""")]
    [InlineData("""{"content":"x","reasoning":"Hm."}""", """[{"type":"thinking","thinking":"Hm.","signature":""},{"type":"text","text":"x"}]""")]
    [InlineData("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"x"}]}""", """[{"type":"thinking","thinking":"Hm.","signature":""},{"type":"text","text":"x"}]""")]
    [InlineData("""{"content":"x","annotations":[{"type":"url_citation","url_citation":{"url":"https://a","title":"A","start_index":0,"end_index":1}}]}""", """[{"type":"text","text":"x","citations":[{"url":"https://a","title":"A","type":"web_search_result_location","cited_text":"","encrypted_index":""}]}]""")]
    [InlineData("""{"content":null,"tool_calls":[{"id":"c1","function":{"name":"now","arguments":"not \"json\""}}]}""", """[{"type":"tool_use","id":"c1","name":"now","input":{"arguments":"not \"json\""},"caller":{"type":"direct"}}]""")]
    [InlineData("""{"content":""}""", "[]")]
    public void Every_vendors_way_of_answering_is_understood(string message, string content) => Assert.Equal(content, Content(message));

    [Theory]
    [InlineData("stop", "end_turn")]
    [InlineData("length", "max_tokens")]
    [InlineData("tool_calls", "tool_use")]
    [InlineData("content_filter", "refusal")]
    [InlineData("brand_new", "end_turn")]
    public void The_end_has_a_reason(string finish, string reason) => Assert.Equal(reason, Parse(Answer("""{"content":"x"}""", finish)).GetProperty("stop_reason").GetString());

    [Fact]
    public void A_refusal_is_a_text_and_a_reason()
    {
        var answer = Parse(Answer("""{"content":null,"refusal":"No."}""", "stop"));

        Assert.Equal(("""[{"type":"text","text":"No."}]""", "refusal"), (answer.GetProperty("content").GetRawText(), answer.GetProperty("stop_reason").GetString()));
    }

    private static string Content(string message) => Parse(Answer(message, "stop")).GetProperty("content").GetRawText();

    private static string Answer(string message, string finish) => Calls.Answer(
        Asked,
        $$$$"""{"id":"c-1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{{{{message}}}},"finish_reason":"{{{{finish}}}}"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":3}}}""");

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
