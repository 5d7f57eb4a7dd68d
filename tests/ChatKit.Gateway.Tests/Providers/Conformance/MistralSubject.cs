using System.Net;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>Mistral, the strictest of the compatible family.</summary>
public sealed class MistralSubject : Subject
{
    private readonly OpenAiSubject _openAi = new();

    public override UpstreamDialect Dialect { get; } = new MistralDialect();

    public override string UnknownMember => "Extra inputs are not permitted";

    public override HttpStatusCode UnknownMemberStatus => HttpStatusCode.UnprocessableEntity;

    public override Reply NewMembers => _openAi.NewMembers;

    public override Reply NewEvents => _openAi.NewEvents;

    public override Reply ToolCalls => _openAi.ToolCalls;

    public override Reply Text(string text, TimeSpan delay = default) => MistralDialect.Text(text, delay);

    public override Reply Failure(int status, string message, params (string, string)[] headers) => _openAi.Failure(status, message, headers);

    public override Reply ErrorInStream(int words) => _openAi.ErrorInStream(words);

    public override Reply BrokenStream(int words, SseEnd ending) => _openAi.BrokenStream(words, ending);

    internal override Deployment At(FakeUpstream upstream) => GatewayHost.At(upstream) with { Provider = "mistral", UpstreamModel = "mistral-large-latest" };
}
