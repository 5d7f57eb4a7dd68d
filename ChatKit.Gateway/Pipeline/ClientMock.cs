using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// A <c>mock_response</c> that the client orders (https://docs.litellm.ai/docs/completion/mock_requests): honoured for administrators and for keys whose metadata has
/// <c>allow_client_mock_response</c>; for everybody else the model answers, as if nothing had been said.
/// </summary>
internal static class ClientMock
{
    public static void Apply(GatewayCall call)
    {
        if (call.Envelope.Routing?.MockResponse is not { } text || call.Caller is not ({ MayMock: true } or { IsAdministrator: true })) return;
        var match = call.Match!;
        // What the answer took says nothing about the real deployment, so it has a state of its own.
        var mock = match.Group.Candidates[0] with { MockResponse = text, Unavailable = null, State = new DeploymentState() };
        call.Match = match with { Group = new ModelGroup(match.Group.Name, [mock]) };
    }
}
