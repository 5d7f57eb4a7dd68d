using System.Collections.Frozen;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Strategies;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Calls on their way through the group <c>g</c>, as the pipeline would send them.</summary>
internal static class Routes
{
    public static Router Router(TimeProvider time) =>
        new(new DeploymentPicker(new RoutingStrategies(new Random(1))), new RetryPolicy(new Random(1)), time, NullLogger<Router>.Instance);

    public static CallRoute Of(IReadOnlyList<Deployment> deployments, int? retries = null, RoutingSettings? settings = null, CancellationToken clientLeft = default) =>
        new(Snapshot(settings ?? RoutingSettings.Default, deployments), new ModelMatch(new ModelGroup("g", deployments), []), "g") { Retries = retries, ClientLeft = clientLeft };

    public static GatewaySnapshot Snapshot(RoutingSettings settings, params IEnumerable<Deployment> deployments) => new()
    {
        Groups = deployments.GroupBy(deployment => deployment.GroupName).ToFrozenDictionary(group => group.Key, group => new ModelGroup(group.Key, [.. group])),
        WildcardGroups = [],
        Settings = new GatewaySettings { Routing = settings },
    };

    public static GatewayError Answered(int status) => new(status, "t", "m") { Origin = ErrorOrigin.UpstreamStatus };

    public static Deployment Deployment(string id) => new()
    {
        Id = id,
        GroupName = "g",
        Provider = "openai",
        UpstreamModel = "m",
        BaseAddress = null,
        ApiKey = null,
        Timeouts = CallTimeouts.Default,
    };
}
