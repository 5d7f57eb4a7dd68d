using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>OpenAI's chat completions.</summary>
public sealed class OpenAiSubject : Subject
{
    private const string Head = "\"id\":\"chatcmpl-1\",\"created\":1760000000,\"model\":\"gpt-4o-upstream\"";

    public override UpstreamDialect Dialect { get; } = new OpenAiDialect();

    public override string UnknownMember => "Unknown parameter: 'brand_new'.";

    public override Reply NewMembers => Replies.Json(
        $$$"""{{{{Head}}},"object":"chat.completion","aura":{"hue":[1]},"choices":[{"index":0,"aura":1,"message":{"role":"assistant","content":"Known","aura":[]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"aura":9}}""");

    public override Reply NewEvents => Replies.Sse(
    [
        "event: aura\ndata: {\"object\":\"aura\",\"hue\":1}\n\n",
        $$$"""data: {{{{Head}}},"object":"chat.completion.chunk","aura":1,"choices":[{"index":0,"delta":{"role":"assistant","content":"Known","aura":2},"finish_reason":null}]}""" + "\n\n",
        $$$"""data: {{{{Head}}},"object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\n",
        "data: [DONE]\n\n",
    ]);

    public override Reply ToolCalls => (request, http) => (IsStream(request) ? Replies.Sse(
    [
        Delta("""{"role":"assistant","content":null}"""),
        Delta("""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"weather","arguments":""}}]}"""),
        Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
        Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"\"Paris\"}"}}]}"""),
        Delta("""{"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"now","arguments":"{}"}}]}"""),
        Delta("{}", "\"tool_calls\""),
        "data: [DONE]\n\n",
    ]) : Replies.Json(
        $$$"""{{{{Head}}},"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Paris\"}"}},{"id":"call_2","type":"function","function":{"name":"now","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"""))(request, http);

    public override Reply Text(string text, TimeSpan delay = default) => OpenAiReplies.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => OpenAiReplies.Error(status, message, "some_error", headers: headers);

    public override Reply ErrorInStream(int words) => OpenAiReplies.ErrorInStream(words, delay: Apart);

    public override Reply BrokenStream(int words, SseEnd ending) => OpenAiReplies.BrokenStream(words, ending, Apart);

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream);

    private static string Delta(string delta, string finish = "null") =>
        $$$"""data: {{{{Head}}},"object":"chat.completion.chunk","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{finish}}}}]}""" + "\n\n";

    private static bool IsStream(ReceivedRequest request) => request.Json.TryGetProperty("stream", out var stream) && stream.GetBoolean();
}
