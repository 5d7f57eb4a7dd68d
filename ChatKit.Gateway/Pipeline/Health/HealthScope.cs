using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline.Health;

/// <summary>Whom a health check is about: what is offered, not the providers that nobody set up.</summary>
internal static class HealthScope
{
    public static IEnumerable<Deployment> All(GatewaySnapshot snapshot) => from @group in snapshot.AllGroups where @group.Listed from deployment in @group.Deployments select deployment;

    /// <summary>Those that a request asks for.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="model">The name of a group, or <c>provider/model</c>; null for all.</param>
    /// <param name="id">The id of one deployment; null for all.</param>
    public static IEnumerable<Deployment> Asked(GatewaySnapshot snapshot, string? model, string? id) =>
        All(snapshot).Where(deployment => (model is null || model == deployment.GroupName || model == NameOf(deployment)) && (id is null || id == deployment.Id));

    /// <summary>As <c>litellm_params.model</c> has it.</summary>
    public static string NameOf(Deployment deployment) => $"{deployment.Provider}/{deployment.UpstreamModel}";
}
