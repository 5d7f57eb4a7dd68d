using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary>Whether a deployment's minute has room for the call: <c>rpm</c> and <c>tpm</c> as limits, which simple-shuffle takes for shares.</summary>
internal static class MinuteLimits
{
    public static bool HasRoom(Deployment deployment, CallRoute route, DateTimeOffset now)
    {
        if (deployment.Rpm is null && deployment.Tpm is null) return true;
        var minute = deployment.State.Minute.At(now);
        return !(minute.Requests >= deployment.Rpm) && (deployment.Tpm is not { } tpm || route.IsWithin(tpm - minute.Tokens, deployment));
    }
}
