using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Azure OpenAI, by deployment and API version.</summary>
public sealed class AzureSubject : Subject
{
    private readonly OpenAiSubject _openAi = new();

    public override UpstreamDialect Dialect { get; } = new AzureDialect();

    public override string UnknownMember => _openAi.UnknownMember;

    public override Reply NewMembers => _openAi.NewMembers;

    public override Reply NewEvents => _openAi.NewEvents;

    public override Reply ToolCalls => _openAi.ToolCalls;

    public override Reply Text(string text, TimeSpan delay = default) => AzureReplies.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => _openAi.Failure(status, message, headers);

    public override Reply ErrorInStream(int words) => _openAi.ErrorInStream(words);

    public override Reply BrokenStream(int words, SseEnd ending) => _openAi.BrokenStream(words, ending);

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with
    {
        Provider = "azure",
        UpstreamModel = "my-deployment",
        BaseAddress = new Uri(upstream.Address),
        OperationPath = "openai/deployments/{model}/{operation}?api-version=2024-10-21",
        ApiKey = new Secret(AzureDialect.Key),
        KeyHeader = KeyHeader.ApiKey,
    };
}
