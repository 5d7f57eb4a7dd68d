using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Claude on Vertex AI: Anthropic's words at Google's address.</summary>
public sealed class VertexClaudeSubject : Subject
{
    private readonly AnthropicSubject _anthropic = new();

    public override UpstreamDialect Dialect { get; } = new VertexClaudeDialect();

    public override string UnknownMember => _anthropic.UnknownMember;

    public override Reply NewMembers => _anthropic.NewMembers;

    public override Reply NewEvents => _anthropic.NewEvents;

    public override Reply ToolCalls => _anthropic.ToolCalls;

    public override Reply Text(string text, TimeSpan delay = default) => VertexClaudeDialect.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => _anthropic.Failure(status, message, headers);

    public override Reply ErrorInStream(int words) => _anthropic.ErrorInStream(words);

    public override Reply BrokenStream(int words, SseEnd ending) => _anthropic.BrokenStream(words, ending);

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with
    {
        Provider = "vertex_ai",
        UpstreamModel = "claude-sonnet-4-5@20250929",
        BaseAddress = new Uri(upstream.ApiBase),
        ApiKey = new Secret(VertexDialect.Token),
        KeyHeader = KeyHeader.Bearer,
    };
}
