using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Facts as attempts leave them behind; each took a second.</summary>
internal static class Attempts
{
    public static Attempt Failed(Deployment deployment, GatewayError error, DateTimeOffset start) => Succeeded(deployment, start) with
    {
        Usage = null,
        Error = error,
        ClientLeft = error.Origin is ErrorOrigin.ClientLeft,
    };

    public static Attempt Succeeded(Deployment deployment, DateTimeOffset start) => new()
    {
        Deployment = deployment,
        Number = 1,
        StartedAt = start,
        Duration = TimeSpan.FromSeconds(1),
        Usage = new TokenUsage(Input: 30, Output: 10),
    };
}
