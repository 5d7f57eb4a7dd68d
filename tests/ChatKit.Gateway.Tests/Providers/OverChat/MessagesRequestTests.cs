using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OverChat.Messages;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.OverChat;

/// <summary>Messages requests as chat completions: what arrives, what is refused, what is said to be lost.</summary>
public sealed class MessagesRequestTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/OverChat/Golden";

    private static readonly OverChatCalls ToOpenAi = new(Operation.Messages, new MessagesOverChat());
    private static readonly OverChatCalls ToTranslated = new(Operation.Messages, new MessagesOverChat(), ChatExtensions.All);

    [Fact]
    public void A_request_of_Claude_Code_becomes_the_golden_one()
    {
        var (body, losses) = ToOpenAi.Send(Golden.Read($"{Folder}/claude-code.messages.json"));

        Golden.Matches($"{Folder}/claude-code.chat.json", Pretty(body));
        Assert.Equal(["context_management", "cache_control", "messages[1].content[0]"], losses);
    }

    [Fact]
    public void A_provider_with_a_wire_of_its_own_is_told_more()
    {
        var (body, losses) = ToTranslated.Send(Golden.Read($"{Folder}/claude-code.messages.json"));

        Golden.Matches($"{Folder}/claude-code.extended.chat.json", Pretty(body));
        Assert.Equal(["context_management"], losses);
    }

    [Theory]
    [InlineData("""{"type":"auto"}""", "\"auto\"", null)]
    [InlineData("""{"type":"any","disable_parallel_tool_use":true}""", "\"required\"", "false")]
    [InlineData("""{"type":"none"}""", "\"none\"", null)]
    [InlineData("""{"type":"tool","name":"now"}""", """{"type":"function","function":{"name":"now"}}""", null)]
    public void The_choice_of_a_tool_keeps_its_meaning(string asked, string choice, string? parallel)
    {
        var (body, _) = ToOpenAi.Send(Body($$$""" "tools":[{"name":"now","input_schema":{"type":"object"}}],"tool_choice":{{{asked}}} """));

        Assert.Equal(choice, Raw(body, "tool_choice"));
        Assert.Equal(parallel, Raw(body, "parallel_tool_calls"));
    }

    [Theory]
    [InlineData("""{"type":"disabled"}""", null)]
    [InlineData("""{"type":"adaptive"}""", null)]
    [InlineData("""{"type":"enabled","budget_tokens":1024}""", "\"low\"")]
    [InlineData("""{"type":"enabled","budget_tokens":2048}""", "\"medium\"")]
    [InlineData("""{"type":"enabled","budget_tokens":31999}""", "\"high\"")]
    public void A_budget_of_thinking_becomes_an_effort(string thinking, string? effort) =>
        Assert.Equal(effort, Raw(ToOpenAi.Send(Body($"\"thinking\":{thinking}")).Body, "reasoning_effort"));

    [Fact]
    public void A_schema_of_the_answer_becomes_a_response_format()
    {
        var (body, _) = ToOpenAi.Send(Body(""" "output_config":{"effort":"max","format":{"type":"json_schema","schema":{"type":"object","a":1.0}}} """));

        Assert.Equal("""{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object","a":1.0}}}""", Raw(body, "response_format"));
        Assert.Equal("\"high\"", Raw(body, "reasoning_effort"));
    }

    [Fact]
    public void An_id_of_the_end_user_that_is_too_long_is_told_by_its_hash()
    {
        Assert.Equal("\"user-1\"", Raw(ToOpenAi.Send(Body(""" "metadata":{"user_id":"user-1"} """)).Body, "user"));
        Assert.Equal(64, ToOpenAi.Send(Body($$""" "metadata":{"user_id":"{{new string('u', 65)}}"} """)).Body.GetProperty("user").GetString()!.Length);
    }

    [Theory]
    [InlineData(""" "mcp_servers":[{"type":"url","url":"https://x","name":"x"}] """, "mcp_servers")]
    [InlineData(""" "container":"c1" """, "container")]
    [InlineData(""" "brand_new":1 """, "brand_new")]
    [InlineData(""" "tools":[{"type":"web_search_20250305","name":"web_search"}] """, "tools[0].web_search_20250305")]
    [InlineData(""" "tools":[{"name":"a","input_schema":{}},{"type":"bash_20250124","name":"bash"}] """, "tools[1].bash_20250124")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}},{"type":"text","text":"x"}]}] """, "messages[0].content[0].source")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"},{"type":"text","text":"x"}]}] """, "messages[0].content[0].container_upload")]
    public void What_only_Anthropic_has_is_refused_by_name_or_dropped_where_that_is_the_policy(string members, string path)
    {
        var asked = Body(members);
        var (_, losses) = ToOpenAi.Send(asked, new ParameterPolicy { Drops = true });

        Assert.Equal(path, ToOpenAi.Refuse(asked)?.Param);
        Assert.Contains(path, losses);
    }

    [Fact]
    public void A_thread_that_nobody_holds_is_refused_so_that_the_SDK_sends_all_messages()
    {
        var refused = ToOpenAi.Refuse(Body(""" "thread":{"type":"create"} """));

        Assert.Equal("""{"error_code":"thread_unsupported_request","unsupported":["thread"]}""", refused?.Details?.GetRawText());
    }

    [Theory]
    [InlineData(""" "messages":[{"role":"judge","content":"x"}] """, "messages[0].role")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"text"}]}] """, "messages[0].content[0].text")]
    [InlineData(""" "messages":[{"role":"user","content":[{"text":"x"}]}] """, "messages[0].content[0].type")]
    [InlineData(""" "messages":[{"role":"user","content":[{"type":"tool_result"}]}] """, "messages[0].content[0].tool_use_id")]
    [InlineData(""" "messages":[{"role":"user","content":7}] """, "messages[0].content")]
    [InlineData(""" "tools":[{"input_schema":{}}] """, "tools[0].name")]
    [InlineData(""" "tool_choice":{"type":"some"} """, "tool_choice.type")]
    [InlineData(""" "max_tokens":"many" """, "max_tokens")]
    public void A_wrong_request_is_refused_with_the_place(string members, string path) => Assert.Equal(path, ToOpenAi.Refuse(Body(members))?.Param);

    private static string Body(string members) => members.Contains("\"messages\"", StringComparison.Ordinal)
        ? $$"""{"model":"smart",{{members}}}"""
        : $$"""{"model":"smart","messages":[{"role":"user","content":"Hi"}],{{members}}}""";

    private static string? Raw(JsonElement body, string member) => body.TryGetProperty(member, out var value) ? value.GetRawText() : null;

    private static string Pretty(JsonElement body) => Calls.Pretty(JsonSerializer.SerializeToUtf8Bytes(body));
}
