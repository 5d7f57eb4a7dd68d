namespace ChatKit.Gateway.Model;

/// <summary>Which deployment a call prefers: <c>routing_strategy</c> and <c>routing_strategy_args</c>.</summary>
internal sealed record StrategySettings(RoutingStrategy Kind)
{
    /// <summary>True for <c>usage-based-routing-v2</c>: where replicas share a Redis, each call is counted there before it is sent.</summary>
    public bool CountsInRedis { get; init; }

    /// <summary><c>ttl</c>: older samples of latency do not count.</summary>
    public TimeSpan LatencyLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>max_latency_list_size</c>: how many of the latest samples count.</summary>
    public int LatencySamples { get; init; } = 10;

    /// <summary><c>lowest_latency_buffer</c>: who is slower than the fastest by no more than this share counts as equal.</summary>
    public double LatencyBuffer { get; init; }
}

/// <summary>LiteLLM's routing strategies (https://docs.litellm.ai/docs/routing#advanced---routing-strategies-).</summary>
internal enum RoutingStrategy
{
    SimpleShuffle,
    LeastBusy,
    LatencyBased,
    UsageBased,
    CostBased,
}
