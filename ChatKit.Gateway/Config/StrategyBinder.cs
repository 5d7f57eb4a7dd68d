using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds <c>routing_strategy</c> and <c>routing_strategy_args</c>, in every spelling that LiteLLM takes.</summary>
internal static class StrategyBinder
{
    public static IReadOnlyList<string> Keys { get; } = ["routing_strategy", "routing_strategy_args"];

    private static readonly IReadOnlyDictionary<string, RoutingStrategy> _kinds = new Dictionary<string, RoutingStrategy>
    {
        ["simple-shuffle"] = RoutingStrategy.SimpleShuffle,
        ["least-busy"] = RoutingStrategy.LeastBusy,
        ["latency-based-routing"] = RoutingStrategy.LatencyBased,
        ["usage-based-routing"] = RoutingStrategy.UsageBased,
        ["usage-based-routing-v2"] = RoutingStrategy.UsageBased,
        ["cost-based-routing"] = RoutingStrategy.CostBased,
        ["lowest-latency"] = RoutingStrategy.LatencyBased,
        ["lowest-tpm-rpm"] = RoutingStrategy.UsageBased,
        ["lowest-cost"] = RoutingStrategy.CostBased,
    };

    public static StrategySettings Bind(ConfigSection router)
    {
        var settings = new StrategySettings(Kind(router)) { CountsInRedis = Spelled(router.Text("routing_strategy")) is "usage-based-routing-v2" };
        if (router.Section("routing_strategy_args") is not { } args) return settings;
        var samples = args.WholeNumber("max_latency_list_size", minimum: 1);
        if (samples > LatencySamples.Most) args.Report.Problem(args.At("max_latency_list_size"), $"must be at most {LatencySamples.Most}");
        settings = settings with
        {
            LatencyLifetime = args.Seconds("ttl") ?? settings.LatencyLifetime,
            LatencySamples = samples ?? settings.LatencySamples,
            LatencyBuffer = args.Number("lowest_latency_buffer") ?? settings.LatencyBuffer,
        };
        LeftoverKeys.Warn(args, ["ttl", "max_latency_list_size", "lowest_latency_buffer"], []);
        return settings;
    }

    private static RoutingStrategy Kind(ConfigSection router)
    {
        if (router.Text("routing_strategy") is not { } name) return RoutingStrategy.SimpleShuffle;
        if (_kinds.TryGetValue(Spelled(name)!, out var kind)) return kind;
        router.Report.Problem(router.At("routing_strategy"), $"must be {string.Join(", ", _kinds.Keys)}, not '{name}'");
        return RoutingStrategy.SimpleShuffle;
    }

    /// <summary>In Python people may write the name of the constant.</summary>
    private static string? Spelled(string? name) => name?.Replace('_', '-').ToLowerInvariant();
}
