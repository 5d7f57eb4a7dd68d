using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Endpoints;

/// <summary>What of the gateway's models a caller gets to see: what they may call.</summary>
internal static class CallableModels
{
    public static bool Shows(Caller caller, GatewaySnapshot snapshot, string name) => snapshot.Resolve(name) is { } match && caller.DeniedBy(snapshot, name, match) is null;

    public static bool Shows(Caller caller, GatewaySnapshot snapshot, Deployment deployment) =>
        caller.DeniedBy(snapshot, deployment.GroupName, new ModelMatch(new ModelGroup(deployment.GroupName, [deployment]), [])) is null;
}
