using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Bedrock's Converse, every request signed.</summary>
public sealed class BedrockSubject : Subject
{
    public override UpstreamDialect Dialect { get; } = new BedrockDialect();

    public override string UnknownMember => "brand_new: Extra inputs are not permitted";

    public override bool FetchesImages => false;

    public override Reply NewMembers => Replies.Json(
        """{"aura":{"hue":[1]},"output":{"message":{"role":"assistant","aura":1,"content":[{"aura":{"hue":1}},{"text":"Known","aura":[]}]}},"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2,"aura":9}}""");

    public override Reply NewEvents => BedrockReplies.Stream(
    [
        EventStreamFrame.Event("aura", """{"hue":1}"""),
        .. BedrockReplies.Opening,
        EventStreamFrame.Event("contentBlockStart", """{"contentBlockIndex":0,"start":{"aura":{"hue":1}}}"""),
        EventStreamFrame.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"aura":{"hue":2}}}"""),
        EventStreamFrame.Event("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"text":"Known","aura":2}}"""),
        .. BedrockReplies.Ending(1),
    ]);

    public override Reply ToolCalls => (request, http) => (BedrockDialect.IsStream(request) ? BedrockReplies.Stream(
    [
        .. BedrockReplies.Opening,
        EventStreamFrame.Event("contentBlockStart", """{"contentBlockIndex":0,"start":{"toolUse":{"name":"weather","toolUseId":"call_1"}}}"""),
        EventStreamFrame.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{\"city\":"}}}"""),
        EventStreamFrame.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"toolUse":{"input":"\"Paris\"}"}}}"""),
        EventStreamFrame.Event("contentBlockStop", """{"contentBlockIndex":0}"""),
        EventStreamFrame.Event("contentBlockStart", """{"contentBlockIndex":1,"start":{"toolUse":{"name":"now","toolUseId":"call_2"}}}"""),
        .. BedrockReplies.Ending(9, "tool_use"),
    ]) : Replies.Json(
        """{"output":{"message":{"role":"assistant","content":[{"toolUse":{"toolUseId":"call_1","name":"weather","input":{"city":"Paris"}}},{"toolUse":{"toolUseId":"call_2","name":"now","input":{}}}]}},"stopReason":"tool_use","usage":{"inputTokens":1,"outputTokens":9,"totalTokens":10}}"""))(request, http);

    public override Reply Text(string text, TimeSpan delay = default) => BedrockReplies.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => BedrockReplies.Error(status, message, "some_error", headers);

    public override Reply ErrorInStream(int words) => BedrockReplies.ErrorInStream(words, Apart);

    public override Reply BrokenStream(int words, SseEnd ending) => BedrockReplies.BrokenStream(words, ending, Apart);

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with
    {
        Provider = "bedrock",
        UpstreamModel = "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
        BaseAddress = new Uri(upstream.Address),
        OperationPath = "model/{model}/{operation}",
        ApiKey = null,
        Identity = new AwsIdentity(BedrockDialect.Region) { AccessKeyId = BedrockDialect.AccessKeyId, SecretAccessKey = new Secret(BedrockDialect.SecretAccessKey) },
    };
}
