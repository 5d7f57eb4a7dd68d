using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Cohere;
using ChatKit.Testing;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Cohere;

/// <summary>One full request and one full answer, as files; and what is refused, adapted or lost.</summary>
public sealed class TranslationTests
{
    private const string Files = "tests/ChatKit.Gateway.Tests/Providers/Cohere/Golden";
    private const string Hi = """ "messages":[{"role":"user","content":"hi"}] """;
    private const string Tools = """ "tools":[{"type":"function","function":{"name":"a"}},{"type":"function","function":{"name":"b","strict":true}}] """;

    private readonly CohereProvider _provider = new(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    [Fact]
    public void A_full_request_becomes_the_golden_one()
    {
        var (request, error) = Write(Golden.Read($"{Files}/chat.json"));
        Assert.Null(error);
        Assert.Equal(["messages[1].name", "user", "metadata"], request.Losses);
        Assert.Null(CohereRequestRules.Chat(JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan)));
        Golden.Matches($"{Files}/cohere.json", Calls.Pretty(request.Body.WrittenSpan));
    }

    [Fact]
    public void A_full_answer_becomes_the_golden_completion()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(_provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(Golden.Read($"{Files}/answer.json")), output, out var facts));
        Assert.Equal((new TokenUsage(124, 62, CacheRead: 20), "tool_calls"), (facts.Usage, facts.FinishReason));
        Golden.Matches($"{Files}/completion.json", Calls.Pretty(output.WrittenSpan));
    }

    [Theory]
    [InlineData("\"reasoning_effort\":\"none\"", """{"thinking":{"type":"disabled"}}""")]
    [InlineData("\"reasoning_effort\":\"low\"", """{"thinking":{"type":"enabled","token_budget":1024}}""")]
    [InlineData("\"reasoning_effort\":\"high\"", """{"thinking":{"type":"enabled"}}""")]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":300}", """{"thinking":{"type":"enabled","token_budget":300}}""")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", """{"response_format":{"type":"json_object"}}""")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"}}}", """{"response_format":{"type":"json_object","json_schema":{"type":"object"}}}""")]
    [InlineData("\"top_k\":5,\"top_p\":0.50,\"seed\":7", """{"p":0.50,"k":5,"seed":7}""")]
    [InlineData("\"safety_mode\":\"STRICT\",\"documents\":[\"d\"]", """{"safety_mode":"STRICT","documents":["d"]}""")]
    [InlineData("\"max_completion_tokens\":5,\"max_tokens\":6", """{"max_tokens":5}""")]
    public void A_parameter_says_the_same_in_Coheres_words(string parameter, string expected)
    {
        var (request, error) = Write($$"""{{{Hi}},{{parameter}}}""");
        Assert.Null(error);
        using var sent = JsonDocument.Parse(request.Body.WrittenMemory);
        var members = sent.RootElement.EnumerateObject().Where(member => member.Name is not ("model" or "messages")).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}");
        Assert.Equal(expected, $"{{{string.Join(',', members)}}}");
        Assert.Empty(request.Losses);
    }

    [Fact]
    public void A_named_tool_is_the_only_one_that_the_model_sees()
    {
        var (request, _) = Write("{" + Hi + "," + Tools + ""","tool_choice":{"type":"function","function":{"name":"b"}}}""");
        var sent = JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan);
        Assert.Equal(("REQUIRED", "b"), (sent.GetProperty("tool_choice").GetString(), Assert.Single(sent.GetProperty("tools").EnumerateArray()).GetProperty("function").GetProperty("name").GetString()));
        Assert.Equal(["tools[1].function.strict"], request.Losses);
    }

    [Theory]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"logit_bias\":{\"5\":1}", "logit_bias")]
    [InlineData("\"response_format\":{\"type\":\"grammar\"}", "response_format")]
    [InlineData("\"reasoning_effort\":\"enormous\"", "reasoning_effort")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData(Tools + ",\"parallel_tool_calls\":false", "parallel_tool_calls")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"c\"}}", "tool_choice")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"\",\"format\":\"wav\"}}]}]", "messages[0].content[0]")]
    [InlineData("\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]", "messages[0].tool_call_id")]
    [InlineData("\"messages\":[{\"role\":\"narrator\",\"content\":\"x\"}]", "messages[0].role")]
    public void What_Cohere_cannot_do_is_refused_by_name(string parameter, string param)
    {
        var (_, error) = Write(parameter.StartsWith("\"messages\"", StringComparison.Ordinal) ? $"{{{parameter}}}" : $$"""{{{Hi}},{{parameter}}}""");
        Assert.Equal((400, param), (error!.Status, error.Param));
    }

    private (UpstreamRequest Request, GatewayError? Error) Write(string body)
    {
        var request = new UpstreamRequest();
        return (request, _provider.WriteRequest(Calls.Call(body), request));
    }
}
