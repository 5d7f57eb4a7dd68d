using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Strategies;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatKit.Bench.Micro;

/// <summary>What routing adds to a call that succeeds at once: the choice among one, two or eight deployments, the place there, and the counts.</summary>
[MemoryDiagnoser]
public class RoutingChoice
{
    private static readonly RunAttempt Success = static (_, _, _) => ValueTask.FromResult<GatewayError?>(null);

    private readonly Router _router = new(
        new DeploymentPicker(new RoutingStrategies(new Random(1))), new RetryPolicy(new Random(1)), TimeProvider.System, NullLogger<Router>.Instance);

    private GatewaySnapshot _snapshot = null!;
    private ModelMatch _match = null!;

    /// <summary>How many deployments the group has.</summary>
    [Params(1, 2, 8)]
    public int Deployments { get; set; }

    /// <summary>The strategy, by its name in the model.</summary>
    [Params(nameof(RoutingStrategy.SimpleShuffle), nameof(RoutingStrategy.LatencyBased))]
    public string Strategy { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var deployments = Enumerable.Range(0, Deployments).Select(Deployment).ToList();
        var group = new ModelGroup("g", deployments);
        _snapshot = new GatewaySnapshot
        {
            Groups = new Dictionary<string, ModelGroup> { ["g"] = group }.ToFrozenDictionary(),
            WildcardGroups = [],
            Settings = new GatewaySettings { Routing = new RoutingSettings { Strategy = new StrategySettings(Enum.Parse<RoutingStrategy>(Strategy)) } },
        };
        _match = new ModelMatch(group, []);
    }

    [Benchmark]
    public async Task<bool> Route() => await _router.RouteAsync(new CallRoute(_snapshot, _match, "g"), Success) is null;

    private static Deployment Deployment(int number)
    {
        var deployment = new Deployment
        {
            Id = $"d{number}",
            GroupName = "g",
            Provider = "openai",
            UpstreamModel = "m",
            BaseAddress = null,
            ApiKey = null,
            Timeouts = CallTimeouts.Default,
        };
        for (var i = 0; i < 10; i++) deployment.State.TimePerToken.Add(DateTimeOffset.UnixEpoch.AddYears(100), 0.1 + i + number);
        return deployment;
    }
}
