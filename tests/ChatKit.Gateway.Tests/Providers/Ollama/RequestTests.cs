using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Ollama;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Ollama;

/// <summary>Which of Ollama's two chats serves a call, and what its own is asked.</summary>
public sealed class RequestTests
{
    private const string Folder = "tests/ChatKit.Gateway.Tests/Providers/Ollama/Golden";
    private const string Hi = """ "messages":[{"role":"user","content":"hi"}] """;

    private readonly OllamaProvider _provider = new(new OpenAiCompatibleProvider(RequestQuirks.Compatible), TimeProvider.System);

    [Theory]
    [InlineData("", false)]
    [InlineData(",\"temperature\":0.5,\"reasoning_effort\":\"low\",\"seed\":1", false)]
    [InlineData(",\"num_ctx\":8192", true)]
    [InlineData(",\"options\":{\"num_ctx\":8192}", true)]
    [InlineData(",\"keep_alive\":\"5m\"", true)]
    [InlineData(",\"think\":true", true)]
    [InlineData(",\"top_k\":5", true)]
    public void What_only_its_own_chat_knows_goes_there(string more, bool isOwn)
    {
        var (request, error) = Write(OllamaCalls.Of($"{{{Hi}{more}}}"));
        Assert.Null(error);
        Assert.Equal(isOwn ? "http://localhost:11434/api/chat" : "http://localhost:11434/v1/chat/completions", request.Address!.AbsoluteUri);
        Assert.Empty(request.Headers);
    }

    [Fact]
    public void The_deployments_defaults_decide_too()
    {
        var call = OllamaCalls.Of($"{{{Hi}}}");
        var (request, _) = Write(call with { Deployment = call.Deployment with { DefaultParameters = [new("num_ctx", "8192"u8.ToArray())] } });
        Assert.Equal("""{"model":"claude-sonnet-4-6","messages":[{"role":"user","content":"hi"}],"stream":false,"options":{"num_ctx":8192}}""", Encoding.UTF8.GetString(request.Body.WrittenSpan));
    }

    [Fact]
    public void A_full_request_becomes_the_golden_one()
    {
        var (request, error) = Write(OllamaCalls.Of(Golden.Read($"{Folder}/chat.json")));
        Assert.Null(error);
        Assert.Equal(["user", "metadata"], request.Losses);
        Golden.Matches($"{Folder}/ollama.json", Calls.Pretty(request.Body.WrittenSpan));
    }

    [Fact]
    public void A_whole_answer_becomes_a_completion()
    {
        const string Answer = """{"model":"qwen3","message":{"role":"assistant","content":"","thinking":"Hm.","tool_calls":[{"id":"call_1","function":{"name":"now","arguments":{"in":"UTC"}}}]},"done":true,"done_reason":"stop","prompt_eval_count":9,"eval_count":4}""";
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(_provider.ReadAnswer(OllamaCalls.Native(stream: false), Encoding.UTF8.GetBytes(Answer), output, out var facts));
        var choice = JsonSerializer.Deserialize<JsonElement>(output.WrittenSpan).GetProperty("choices")[0];
        Assert.Equal(("tool_calls", new TokenUsage(9, 4)), (choice.GetProperty("finish_reason").GetString(), facts.Usage));
        Assert.Equal("""{"role":"assistant","content":null,"refusal":null,"reasoning_content":"Hm.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"now","arguments":"{\"in\":\"UTC\"}"}}]}""", choice.GetProperty("message").GetRawText());
    }

    [Theory]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"logit_bias\":{\"1\":2}", "logit_bias")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]}]", "messages[0].content[0].image_url.url")]
    public void What_it_cannot_do_is_refused_by_name(string parameter, string param)
    {
        var (_, error) = Write(OllamaCalls.Of(parameter.StartsWith("\"messages\"", StringComparison.Ordinal) ? $"{{{parameter},\"num_ctx\":8}}" : $"{{{Hi},{parameter},\"num_ctx\":8}}"));
        Assert.Equal((400, param), (error!.Status, error.Param));
    }

    private (UpstreamRequest Request, GatewayError? Error) Write(ModelCall call)
    {
        var request = new UpstreamRequest();
        return (request, _provider.WriteRequest(call, request));
    }
}
