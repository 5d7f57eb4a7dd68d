using System.Text.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>Web search, the tools that run at the provider, and where an answer's words come from.</summary>
public sealed class WebSearchTests
{
    private const string Model = "claude-sonnet-4-6";
    private const string Found = """{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","title":"NYC","url":"https://weather.example/nyc","encrypted_content":"Ev0D","page_age":null}]}""";
    private const string Searched = """{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"weather"}}""";
    private const string Cited = """{"type":"web_search_result_location","url":"https://weather.example/nyc","title":"NYC","encrypted_index":"Eo8B","cited_text":"Sunny"}""";
    private const string Page = """{"type":"page_location","cited_text":"x","document_index":0,"document_title":"a.pdf","start_page_number":1,"end_page_number":2}""";

    [Theory]
    [InlineData("{}", """{"type":"web_search_20250305","name":"web_search"}""")]
    [InlineData("""{"search_context_size":"low"}""", """{"type":"web_search_20250305","name":"web_search","max_uses":1}""")]
    [InlineData(
        """{"search_context_size":"high","user_location":{"type":"approximate","approximate":{"type":"approximate","city":"Lyon","country":"FR","timezone":null}}}""",
        """{"type":"web_search_20250305","name":"web_search","max_uses":10,"user_location":{"type":"approximate","city":"Lyon","country":"FR"}}""")]
    public void Its_options_become_the_server_tool(string options, string expected)
    {
        var sent = Sent.To(Model, $"\"web_search_options\":{options}");

        Assert.Equal((expected, null), (sent["tools.0"], sent["tool_choice"]));
        Assert.Empty(sent.Losses);
    }

    [Theory]
    [InlineData("true", "web_search_options")]
    [InlineData("""{"search_context_size":"huge"}""", "web_search_options.search_context_size")]
    [InlineData("""{"user_location":"Lyon"}""", "web_search_options.user_location")]
    public void Other_options_are_errors(string options, string param) => Assert.Equal(param, Sent.Refused(Model, $"\"web_search_options\":{options}").Param);

    [Fact]
    public void A_tool_of_the_providers_own_travels_as_it_came()
    {
        const string Own = """{"type":"web_fetch_20250910","name":"web_fetch","max_uses":5,"allowed_domains":["example.com"]}""";

        Assert.Equal(Own, Sent.To(Model, $"\"tools\":[{Own}]")["tools.0"]);
    }

    [Fact]
    public void An_answer_shows_what_was_searched_found_and_cited()
    {
        var message = Sent.Choice($$"""[{"type":"text","text":"I look 😀. "},{{Searched}},{{Found}},{"type":"text","text":"Sunny.","citations":[{{Cited}},{{Page}}]}]""", "end_turn").GetProperty("message");

        Assert.Equal("I look 😀. Sunny.", message.GetProperty("content").GetString());
        Assert.Equal("""[{"type":"url_citation","url_citation":{"url":"https://weather.example/nyc","title":"NYC","start_index":10,"end_index":16}}]""", message.GetProperty("annotations").GetRawText());
        var fields = message.GetProperty("provider_specific_fields");
        Assert.Equal($"[[{Cited},{Page}]]", fields.GetProperty("citations").GetRawText());
        Assert.Equal($"[{Searched},{Found}]", fields.GetProperty("content_blocks").GetRawText());
    }

    [Fact]
    public void A_turn_that_paused_goes_on_with_what_it_had()
    {
        var choice = Sent.Choice($$"""[{{Searched}},{{Found}},{"type":"text","text":"So far"}]""", "pause_turn");
        var message = choice.GetProperty("message").GetRawText();

        var sent = Sent.To(Model, $$""" "web_search_options":{},"messages":[{"role":"user","content":"Hi"},{{message}}] """);

        Assert.Equal("pause_turn", choice.GetProperty("provider_specific_fields").GetProperty("stop_reason").GetString());
        Assert.Equal([Searched, Found, """{"type":"text","text":"So far"}"""], sent.Body.GetProperty("messages")[1].GetProperty("content").EnumerateArray().Select(Sorted));
        Assert.Empty(sent.Losses);
    }

    [Fact]
    public void How_often_tools_ran_is_part_of_the_usage()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.Null(Sent.Provider.ReadAnswer(
            Calls.Call("{}"),
            """{"id":"msg_1","type":"message","content":[],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2,"server_tool_use":{"web_search_requests":3},"service_tier":"priority"}}"""u8.ToArray(),
            output,
            out _));

        var completion = JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan);
        Assert.Equal("""{"web_search_requests":3}""", completion.GetProperty("usage").GetProperty("server_tool_use").GetRawText());
        Assert.Equal("priority", completion.GetProperty("service_tier").GetString());
    }

    [Fact]
    public void Content_of_the_providers_own_travels_as_it_came()
    {
        const string Document = """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"x"},"citations":{"enabled":true}}""";

        var sent = Sent.To(Model, $$""" "messages":[{"role":"user","content":[{{Document}},{"type":"text","text":"?"}]}] """);

        Assert.Equal((Document, 0), (sent["messages.0.content.0"], sent.Losses.Count));
    }

    [Fact]
    public void A_tool_that_failed_is_said_to_have()
    {
        var sent = Sent.To(Model,
            """
            "messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"now","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"c1","is_error":true,"cache_control":{"type":"ephemeral"},"content":[{"type":"text","text":"no clock"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}],
            "tools":[{"type":"function","function":{"name":"now"}}]
            """);

        Assert.Equal("true", sent["messages.2.content.0.is_error"]);
        Assert.Equal("""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="},"cache_control":{"type":"ephemeral"}}""", sent["messages.2.content.0.content.1"]);
        Assert.Empty(sent.Losses);
    }

    [Theory]
    [InlineData("""{"type":"file","file":{"file_data":"data:text/plain;base64,SGk=","filename":"a.txt"}}""", """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hi"},"title":"a.txt"}""")]
    [InlineData("""{"type":"file","file":{"file_id":"https://example.com/a.pdf"}}""", """{"type":"document","source":{"type":"url","url":"https://example.com/a.pdf"}}""")]
    [InlineData("""{"type":"image_url","image_url":{"url":"data:application/pdf;base64,JVBERi0="}}""", """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}""")]
    public void Documents_come_inside_or_by_their_address(string part, string expected) =>
        Assert.Equal(expected, Sent.To(Model, $$""" "messages":[{"role":"user","content":[{{part}},{"type":"text","text":"?"}]}] """)["messages.0.content.0"]);

    /// <summary>The block with its members in the documentation's order.</summary>
    private static string Sorted(JsonElement block)
    {
        string[] order = ["type", "text", "tool_use_id", "id", "name", "input", "content"];
        return $"{{{string.Join(',', order.Where(name => block.TryGetProperty(name, out _)).Select(name => $"\"{name}\":{block.GetProperty(name).GetRawText()}"))}}}";
    }
}
