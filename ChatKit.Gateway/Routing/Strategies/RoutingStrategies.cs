using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary>The strategies by their kind: which one counts is a setting, and may change with every reload.</summary>
internal sealed class RoutingStrategies(Random random)
{
    private readonly SimpleShuffle _shuffle = new(random);
    private readonly LeastBusy _busy = new(random);
    private readonly LatencyBased _latency = new(random);
    private readonly UsageBased _usage = new(random);
    private readonly CostBased _cost = new(random);

    public IRoutingStrategy Of(RoutingStrategy kind) => kind switch
    {
        RoutingStrategy.LeastBusy => _busy,
        RoutingStrategy.LatencyBased => _latency,
        RoutingStrategy.UsageBased => _usage,
        RoutingStrategy.CostBased => _cost,
        _ => _shuffle,
    };
}
