using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Anthropic's Messages.</summary>
public sealed class AnthropicSubject : Subject
{
    private const string Start = """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}""";

    private static readonly string[] End =
    [
        AnthropicReplies.Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":9}}"""),
        AnthropicReplies.Event("message_stop", """{"type":"message_stop"}"""),
    ];

    public override UpstreamDialect Dialect { get; } = new AnthropicDialect();

    public override string UnknownMember => "brand_new: Extra inputs are not permitted";

    public override Reply NewMembers => Replies.Json(
        """{"id":"msg_1","type":"message","role":"assistant","model":"claude","aura":{"hue":[1]},"content":[{"type":"aura","hue":1},{"type":"text","text":"Known","aura":[]}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1,"aura":9}}""");

    public override Reply NewEvents => Replies.Sse(
    [
        AnthropicReplies.Event("aura", """{"type":"aura","hue":1}"""),
        AnthropicReplies.Event("message_start", Start),
        AnthropicReplies.Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"aura","hue":1}}"""),
        AnthropicReplies.Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"aura_delta","hue":2}}"""),
        AnthropicReplies.Event("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Known","aura":2}}"""),
        .. End,
    ]);

    public override Reply ToolCalls => (request, http) => (request.Json.TryGetProperty("stream", out var stream) && stream.GetBoolean() ? Replies.Sse(
    [
        AnthropicReplies.Event("message_start", Start),
        AnthropicReplies.Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"call_1","name":"weather","input":{},"caller":{"type":"direct"}}}"""),
        AnthropicReplies.Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"city\":"}}"""),
        AnthropicReplies.Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\"Paris\"}"}}"""),
        AnthropicReplies.Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
        AnthropicReplies.Event("content_block_start", """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"call_2","name":"now","input":{},"caller":{"type":"direct"}}}"""),
        AnthropicReplies.Event("content_block_stop", """{"type":"content_block_stop","index":1}"""),
        .. End,
    ]) : Replies.Json(
        """{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[{"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Paris"},"caller":{"type":"direct"}},{"type":"tool_use","id":"call_2","name":"now","input":{},"caller":{"type":"direct"}}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":9}}"""))(request, http);

    public override Reply Text(string text, TimeSpan delay = default) => AnthropicReplies.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => AnthropicReplies.Error(status, message, "some_error", headers);

    public override Reply ErrorInStream(int words) => AnthropicReplies.ErrorInStream(words, delay: Apart);

    public override Reply BrokenStream(int words, SseEnd ending) => AnthropicReplies.BrokenStream(words, ending, Apart);

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with
    {
        Provider = "anthropic",
        UpstreamModel = "claude-sonnet-4-6",
        BaseAddress = new Uri($"{upstream.Address}/v1"),
        ApiKey = new Secret(AnthropicDialect.Key),
    };
}
