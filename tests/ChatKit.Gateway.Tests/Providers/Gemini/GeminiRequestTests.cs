using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Gemini;

/// <summary>What reaches Gemini, what is refused before it, and what is said to be lost.</summary>
public sealed class GeminiRequestTests
{
    private const string Golden = "tests/ChatKit.Gateway.Tests/Providers/Gemini/Golden";
    private const string Hi = """{"role":"user","content":"Hi"}""";
    private const string Now = """{"type":"function","function":{"name":"now"}}""";

    [Fact]
    public void The_fixture_of_all_providers_becomes_the_golden_request()
    {
        var request = Write(ChatKit.Testing.Golden.Read("tests/ChatKit.Gateway.Tests/Providers/Anthropic/Golden/chat.json"), "gemini-2.5-flash", stream: true);

        ChatKit.Testing.Golden.Matches($"{Golden}/chat.content.json", Calls.Pretty(request.Body.WrittenSpan));
        Assert.Equal("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", request.Address?.AbsoluteUri);
        Assert.Equal([new("x-goog-api-key", "AIza-secret")], request.Headers);
        AssertAccepted(request, "gemini-2.5-flash");
        Assert.Equal(
            ["metadata", "store", "prompt_cache_key", "user", "messages[8].name", "messages[1].content[0].cache_control", "messages[3].content[2].cache_control"],
            request.Losses);
    }

    [Theory]
    [InlineData("gemini-3.5-flash", false, "tools.gemini3")]
    [InlineData("gemini-2.5-pro", true, "tools.vertex")]
    public void Tools_media_and_settings_become_the_golden_request(string model, bool isVertex, string golden)
    {
        var host = isVertex ? GeminiHost.Vertex : GeminiHost.Studio;
        var request = Write(ChatKit.Testing.Golden.Read($"{Golden}/tools.chat.json"), model, host: host);

        ChatKit.Testing.Golden.Matches($"{Golden}/{golden}.json", Calls.Pretty(request.Body.WrittenSpan) + string.Join('\n', request.Losses) + "\n");
        AssertAccepted(request, model, host);
    }

    [Theory]
    [InlineData("gemini-3.5-flash", "minimal", """{"includeThoughts":true,"thinkingLevel":"MINIMAL"}""")]
    [InlineData("gemini-3.5-flash", "high", """{"includeThoughts":true,"thinkingLevel":"HIGH"}""")]
    [InlineData("gemini-3.5-flash", "none", """{"includeThoughts":false,"thinkingLevel":"MINIMAL"}""", "reasoning_effort")]
    [InlineData("gemini-3.1-pro-preview", "minimal", """{"includeThoughts":true,"thinkingLevel":"LOW"}""")]
    [InlineData("gemini-3.1-pro-preview", "medium", """{"includeThoughts":true,"thinkingLevel":"MEDIUM"}""")]
    [InlineData("gemini-3-pro-preview", "medium", """{"includeThoughts":true,"thinkingLevel":"HIGH"}""")]
    [InlineData("gemini-3-pro-preview", "none", """{"includeThoughts":false,"thinkingLevel":"LOW"}""", "reasoning_effort")]
    [InlineData("gemini-2.5-flash", "low", """{"includeThoughts":true,"thinkingBudget":1024}""")]
    [InlineData("gemini-2.5-flash", "medium", """{"includeThoughts":true,"thinkingBudget":8192}""")]
    [InlineData("gemini-2.5-flash", "none", """{"includeThoughts":false,"thinkingBudget":0}""")]
    [InlineData("gemini-2.5-pro", "none", """{"includeThoughts":false,"thinkingBudget":128}""", "reasoning_effort")]
    [InlineData("gemini-flash-latest", "high", """{"includeThoughts":true,"thinkingBudget":24576}""")]
    public void Effort_is_a_level_or_a_budget(string model, string effort, string expected, params string[] losses)
    {
        var request = Write($$"""{"messages":[{{Hi}}],"reasoning_effort":"{{effort}}"}""", model);

        Assert.Equal(expected, Config(request, "thinkingConfig"));
        Assert.Equal(losses, request.Losses);
        AssertAccepted(request, model);
    }

    [Theory]
    [InlineData("gemini-2.5-flash", """{"type":"enabled","budget_tokens":2000}""", """{"includeThoughts":true,"thinkingBudget":2000}""")]
    [InlineData("gemini-3.5-flash", """{"type":"enabled","budget_tokens":1024}""", """{"includeThoughts":true,"thinkingLevel":"LOW"}""")]
    [InlineData("gemini-3.5-flash", """{"type":"enabled","budget_tokens":5000}""", """{"includeThoughts":true,"thinkingLevel":"MEDIUM"}""")]
    [InlineData("gemini-3.5-flash", """{"type":"enabled","budget_tokens":99999}""", """{"includeThoughts":true,"thinkingLevel":"HIGH"}""")]
    [InlineData("gemini-2.5-flash", """{"type":"adaptive"}""", """{"includeThoughts":true}""")]
    [InlineData("gemini-2.5-flash", """{"type":"disabled"}""", """{"includeThoughts":false,"thinkingBudget":0}""")]
    public void Anthropics_thinking_is_understood(string model, string thinking, string expected) =>
        Assert.Equal(expected, Config(Write($$"""{"messages":[{{Hi}}],"thinking":{{thinking}} }""", model), "thinkingConfig"));

    [Theory]
    [InlineData("""{"thinkingConfig":{"thinkingBudget":-1}}""")]
    [InlineData("""{"thinking_config":{"thinkingBudget":-1}}""")]
    [InlineData("""{"generationConfig":{"thinkingConfig":{"thinkingBudget":-1}}}""")]
    public void Geminis_own_words_win(string members) =>
        Assert.Equal("""{"thinkingBudget":-1}""", Config(Write($$"""{"messages":[{{Hi}}],"reasoning_effort":"low",{{members[1..]}}""", "gemini-2.5-flash"), "thinkingConfig"));

    [Theory]
    [InlineData("""{"type":"json_object"}""", """{"responseMimeType":"application/json"}""")]
    [InlineData("""{"type":"json_object","response_schema":{"type":"object"}}""", """{"responseMimeType":"application/json","responseJsonSchema":{"type":"object"}}""")]
    [InlineData("""{"type":"text"}""", null)]
    public void Formats(string format, string? expected) =>
        Assert.Equal(expected, Member(Write($$"""{"messages":[{{Hi}}],"response_format":{{format}} }""", "gemini-2.5-flash"), "generationConfig"));

    [Fact]
    public void The_first_generation_gets_its_own_schema()
    {
        var request = Write(
            $$$"""
            {"messages":[{{{Hi}}}],"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"$defs":{"p":{"type":"object","properties":{"x":{"const":"y"} } } },"type":"object",
            "properties":{"a":{"type":["string","null"]},"b":{"anyOf":[{"type":"integer"},{"type":"null"}]},"c":{"$ref":"#/$defs/p"},"d":{"type":"array","items":{"type":"number","exclusiveMinimum":0} } },
            "additionalProperties":false} } } }
            """,
            "gemini-1.5-pro");

        Assert.Equal(
            """{"type":"OBJECT","properties":{"a":{"nullable":true,"type":"STRING"},"b":{"nullable":true,"anyOf":[{"type":"INTEGER"}]},"c":{"type":"OBJECT","properties":{"x":{"enum":["y"]}}},"d":{"type":"ARRAY","items":{"type":"NUMBER"}}}}""",
            Config(request, "responseSchema"));
        Assert.Equal(["response_format.json_schema.schema.properties.d.items.exclusiveMinimum", "response_format.json_schema.schema.additionalProperties"], request.Losses);
        AssertAccepted(request, "gemini-1.5-pro");
    }

    [Theory]
    [InlineData("""{"provider_specific_fields":{"thought_signature":"QUJD"},""", "c1", "QUJD")]
    [InlineData("""{"extra_content":{"google":{"thought_signature":"QUJD"}},""", "c1", "QUJD")]
    [InlineData("{", "c1__thought__Q28-Q0_k", "Q28+Q0/k")]
    [InlineData("{", "c1__thought__QUI", "QUI=")]
    [InlineData("{", "c1", "skip_thought_signature_validator")]
    public void Signatures_come_back_by_every_carrier(string head, string id, string expected)
    {
        var request = Write(
            $$$"""
            {"messages":[{{{Hi}}},{"role":"assistant","tool_calls":[{{{head}}}"id":"{{{id}}}","type":"function","function":{"name":"now","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"{{{id}}}","content":"noon"}],"tools":[{{{Now}}}]}
            """,
            "gemini-3.5-flash");

        var contents = JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan).GetProperty("contents");
        Assert.Equal(expected, contents[1].GetProperty("parts")[0].GetProperty("thoughtSignature").GetString());
        Assert.Equal(("c1", "c1"), (contents[1].GetProperty("parts")[0].GetProperty("functionCall").GetProperty("id").GetString(), contents[2].GetProperty("parts")[0].GetProperty("functionResponse").GetProperty("id").GetString()));
        Assert.Empty(request.Losses);
        AssertAccepted(request, "gemini-3.5-flash");
    }

    [Theory]
    [InlineData("""{"messages":[HI],"logit_bias":{"1":1}}""", "logit_bias", "unsupported_parameter")]
    [InlineData("""{"messages":[HI],"parallel_tool_calls":false,"tools":[NOW,{"type":"function","function":{"name":"b"}}]}""", "parallel_tool_calls", "unsupported_parameter")]
    [InlineData("""{"messages":[HI],"tool_choice":"required"}""", "tool_choice", null)]
    [InlineData("""{"messages":[HI],"modalities":["smell"]}""", "modalities", "unsupported_value")]
    [InlineData("""{"messages":[HI],"audio":{"voice":"Kore","format":"mp3"}}""", "audio.format", "unsupported_value")]
    [InlineData("""{"messages":[HI],"reasoning_effort":"some"}""", "reasoning_effort", "unsupported_value")]
    [InlineData("""{"messages":[HI],"n":"two"}""", "n", null)]
    [InlineData("""{"messages":[HI],"top_logprobs":2}""", "top_logprobs", null)]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"cat.png"}}]}]}""", "messages[0].content[0].image_url.url", null)]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"file","file":{}}]}]}""", "messages[0].content[0].file.file_id", null)]
    [InlineData("""{"messages":[HI,{"role":"tool","tool_call_id":"x","content":"y"}]}""", "messages[1].tool_call_id", null)]
    [InlineData("""{"messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},HI]}""", "messages[0].content[0]", "unsupported_value")]
    public void What_cannot_be_carried_is_refused_by_name(string body, string param, string? code)
    {
        var error = Refuse(body.Replace("HI", Hi, StringComparison.Ordinal).Replace("NOW", Now, StringComparison.Ordinal), "gemini-2.5-flash");
        Assert.Equal((400, param, code), (error?.Status, error?.Param, error?.Code));
    }

    [Fact]
    public void Older_models_do_not_think() => Assert.Equal("reasoning_effort", Refuse($$"""{"messages":[{{Hi}}],"reasoning_effort":"low"}""", "gemini-2.0-flash")?.Param);

    [Fact]
    public void On_Vertex_a_file_says_what_it_is()
    {
        const string Unknown = """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/cat"}}]}]}""";
        Assert.Equal("messages[0].content[0].image_url.url", new GeminiProvider(GeminiHost.Vertex, TimeProvider.System).WriteRequest(Call(Unknown, "gemini-2.5-flash"), new UpstreamRequest())?.Param);
        Assert.Contains("""{"fileUri":"https://example.com/cat"}""", Encoding.UTF8.GetString(Write(Unknown, "gemini-2.5-flash").Body.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void Speech_and_images_can_be_asked_for()
    {
        var request = Write($$"""{"messages":[{{Hi}}],"modalities":["text","audio","image"],"audio":{"voice":"Kore","format":"pcm16"} }""", "gemini-2.5-flash");
        Assert.Equal("""["TEXT","AUDIO","IMAGE"]""", Config(request, "responseModalities"));
        Assert.Equal("""{"voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Kore"}}}""", Config(request, "speechConfig"));
        AssertAccepted(request, "gemini-2.5-flash");
    }

    private static void AssertAccepted(UpstreamRequest request, string model, GeminiHost host = GeminiHost.Studio) =>
        Assert.Null(new GeminiRequestRules(model, host is GeminiHost.Vertex).Refuse(JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan)));

    private static GatewayError? Refuse(string body, string model) => new GeminiProvider(GeminiHost.Studio, TimeProvider.System).WriteRequest(Call(body, model), new UpstreamRequest());

    private static string? Member(UpstreamRequest request, string name) =>
        JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan).TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private static string? Config(UpstreamRequest request, string name) =>
        JsonSerializer.Deserialize<JsonElement>(request.Body.WrittenSpan).GetProperty("generationConfig").TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private static UpstreamRequest Write(string body, string model, bool stream = false, GeminiHost host = GeminiHost.Studio)
    {
        var request = new UpstreamRequest();
        Assert.Null(new GeminiProvider(host, TimeProvider.System).WriteRequest(Call(body, model, stream), request));
        return request;
    }

    private static ModelCall Call(string body, string model, bool stream = false) => Calls.Call(body, stream) with
    {
        UpstreamModel = model,
        Deployment = Calls.Deployment with
        {
            Provider = "gemini",
            BaseAddress = new Uri("https://generativelanguage.googleapis.com/v1beta"),
            ApiKey = new Secret("AIza-secret"),
            KeyHeader = KeyHeader.XGoogApiKey,
        },
    };
}
