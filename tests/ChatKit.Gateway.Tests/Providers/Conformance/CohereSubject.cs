using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Cohere's Chat v2.</summary>
public sealed class CohereSubject : Subject
{
    private const string Calls =
        ""","tool_plan":"I will look.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Paris\"}"}},{"id":"call_2","type":"function","function":{"name":"now","arguments":"{}"}}]""";

    public override UpstreamDialect Dialect { get; } = new CohereDialect();

    public override string ErrorType => "api_error";

    public override string UnknownMember => "parameter 'brand_new' is not a valid field";

    public override Reply NewMembers => Replies.Json(
        """{"id":"c-1","aura":{"hue":[1]},"message":{"role":"assistant","aura":1,"content":[{"type":"aura","hue":1},{"type":"text","text":"Known","aura":[]}]},"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":1,"aura":9}}}""");

    public override Reply NewEvents => Replies.Sse(
    [
        CohereReplies.Event("aura", """{"type":"aura","hue":1}"""),
        CohereReplies.Start,
        CohereReplies.Event("content-start", """{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"aura","hue":1}}}}"""),
        CohereReplies.Event("content-delta", """{"type":"content-delta","index":1,"aura":2,"delta":{"message":{"content":{"text":"Known","aura":2}}}}"""),
        CohereReplies.End("COMPLETE", 1),
    ]);

    public override Reply ToolCalls => (request, http) => (request.Json.TryGetProperty("stream", out _) ? Replies.Sse(
    [
        CohereReplies.Start,
        CohereReplies.Event("tool-plan-delta", """{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will look."}}}"""),
        CohereReplies.Event("tool-call-start", """{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"call_1","type":"function","function":{"name":"weather","arguments":""}}}}}"""),
        CohereReplies.Event("tool-call-delta", """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"city\":"}}}}}"""),
        CohereReplies.Event("tool-call-delta", """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"\"Paris\"}"}}}}}"""),
        CohereReplies.Event("tool-call-end", """{"type":"tool-call-end","index":0}"""),
        CohereReplies.Event("tool-call-start", """{"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"call_2","type":"function","function":{"name":"now","arguments":""}}}}}"""),
        CohereReplies.Event("tool-call-end", """{"type":"tool-call-end","index":1}"""),
        CohereReplies.End("TOOL_CALL", 9),
    ]) : Replies.Json(CohereReplies.Message("[]", "TOOL_CALL", 9, Calls)))(request, http);

    public override Reply Text(string text, TimeSpan delay = default) => CohereReplies.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => CohereReplies.Error(status, message, headers);

    public override Reply ErrorInStream(int words) => CohereReplies.ErrorInStream(words, Apart);

    public override Reply BrokenStream(int words, SseEnd ending) => CohereReplies.BrokenStream(words, ending, Apart);

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with { Provider = "cohere", UpstreamModel = "command-a-03-2025", ApiKey = new Secret(CohereDialect.Key) };
}
