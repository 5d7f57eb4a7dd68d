using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Strategies;
using ChatKit.Gateway.Wire;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Each strategy by itself: state in, choice out, with a fixed clock and fixed chance.</summary>
public sealed class StrategyTests
{
    private const int Picks = 2_000;

    private static readonly DateTimeOffset _now = new(2026, 11, 22, 10, 0, 30, TimeSpan.Zero);

    private readonly Deployment _a = Routes.Deployment("a");
    private readonly Deployment _b = Routes.Deployment("b");
    private readonly Deployment _c = Routes.Deployment("c");

    [Fact]
    public void Least_busy_takes_the_fewest_calls_under_way_and_equals_by_chance()
    {
        _a.State.Slots.TryTake(null);
        var shares = Count(RoutingStrategy.LeastBusy, _a, _b, _c);
        Assert.False(shares.ContainsKey("a"));
        AssertHalf(shares["b"]);
        _b.State.Slots.TryTake(null);
        _b.State.Slots.TryTake(null);
        Assert.Equal(Picks, Count(RoutingStrategy.LeastBusy, _a, _b, _c)["c"]);
    }

    [Fact]
    public void Latency_takes_the_fastest_per_token_and_who_is_nearly_as_fast_within_the_buffer()
    {
        _a.State.TimePerToken.Add(_now, 0.10);
        _b.State.TimePerToken.Add(_now, 0.14);
        _c.State.TimePerToken.Add(_now, 0.30);
        Assert.Equal(Picks, Count(RoutingStrategy.LatencyBased, _a, _b, _c)["a"]);
        var buffered = Count(new StrategySettings(RoutingStrategy.LatencyBased) { LatencyBuffer = 0.5 }, false, _a, _b, _c);
        AssertHalf(buffered["a"]);
        Assert.False(buffered.ContainsKey("c"));
    }

    [Fact]
    public void Latency_of_a_stream_is_the_time_to_its_first_token()
    {
        _a.State.TimePerToken.Add(_now, 0.01);
        _a.State.TimeToFirstToken.Add(_now, 2);
        _b.State.TimePerToken.Add(_now, 0.05);
        _b.State.TimeToFirstToken.Add(_now, 1);
        Assert.Equal(Picks, Count(RoutingStrategy.LatencyBased, _a, _b)["a"]);
        Assert.Equal(Picks, Count(new StrategySettings(RoutingStrategy.LatencyBased), true, _a, _b)["b"]);
    }

    [Fact]
    public void Latency_asks_who_has_no_samples_and_forgets_old_ones_and_remembers_timeouts()
    {
        _a.State.TimePerToken.Add(_now, 0.01);
        Assert.Equal(Picks, Count(RoutingStrategy.LatencyBased, _a, _b)["b"]);
        _b.State.TimePerToken.Add(_now.AddHours(-2), 0.001);
        Assert.Equal(Picks, Count(RoutingStrategy.LatencyBased, _a, _b)["b"]);
        _b.State.TimePerToken.Add(_now, 1000);
        Assert.Equal(Picks, Count(RoutingStrategy.LatencyBased, _a, _b)["a"]);
        for (var i = 0; i < 10; i++) _b.State.TimePerToken.Add(_now, 0.001);
        Assert.Equal(Picks, Count(RoutingStrategy.LatencyBased, _a, _b)["b"]);
        Assert.Equal(Picks, Count(new StrategySettings(RoutingStrategy.LatencyBased) { LatencySamples = 11 }, false, _a, _b)["a"]);
    }

    [Fact]
    public void Usage_takes_the_fewest_tokens_of_the_minute_among_those_with_room()
    {
        Use(_a, tokens: 500);
        Use(_b, tokens: 100);
        Use(_c, tokens: 100);
        AssertHalf(Count(RoutingStrategy.UsageBased, _a, _b, _c)["b"]);

        var (full, crowded) = (_b with { Tpm = 99 }, _c with { Rpm = 1 });
        Assert.Equal(Picks, Count(RoutingStrategy.UsageBased, _a, full, crowded)["a"]);
        Assert.Null(Pick(RoutingStrategy.UsageBased, _a with { Tpm = 1 }, full, crowded));
    }

    [Fact]
    public void Cost_takes_the_lowest_price_and_the_unknown_last()
    {
        var (cheap, dear) = (Priced(_a, 0.1m, 0.5m), Priced(_b, 1m, 0.1m));
        Assert.Equal(Picks, Count(RoutingStrategy.CostBased, _c, dear, cheap)["a"]);
        Assert.Equal(Picks, Count(RoutingStrategy.CostBased, _c, dear)["b"]);
        Use(cheap, tokens: 10);
        Assert.Equal(Picks, Count(RoutingStrategy.CostBased, dear, cheap with { Rpm = 1 })["b"]);
        AssertHalf(Count(RoutingStrategy.CostBased, cheap, Priced(_b, 0.5m, 0.1m))["a"]);
    }

    [Theory]
    [InlineData(nameof(RoutingStrategy.SimpleShuffle), "at random")]
    [InlineData(nameof(RoutingStrategy.LeastBusy), "the fewest calls under way: 0")]
    [InlineData(nameof(RoutingStrategy.LatencyBased), "among the fastest: 0.25 s per token")]
    [InlineData(nameof(RoutingStrategy.UsageBased), "the fewest tokens in this minute: 7")]
    [InlineData(nameof(RoutingStrategy.CostBased), "the lowest price: 0.6 dollars for a million tokens in and out")]
    public void Each_can_say_why(string kind, string reason)
    {
        _a.State.TimePerToken.Add(_now, 0.25);
        Use(_a, tokens: 7);
        var strategy = Enum.Parse<RoutingStrategy>(kind);
        Assert.Equal(reason, new RoutingStrategies(new Random(1)).Of(strategy).Explain(Priced(_a, 0.1m, 0.5m), Route(new StrategySettings(strategy), false, _a), _now));
    }

    private static void AssertHalf(int count) => Assert.InRange(count, Picks * 0.45, Picks * 0.55);

    private static void Use(Deployment deployment, long tokens) => deployment.State.Minute.Add(_now, new MinuteUsage(1, tokens, 1, 0));

    private static Deployment Priced(Deployment deployment, decimal input, decimal output) =>
        deployment with { GivenFacts = new ModelFacts { Prices = new ModelPrices { Input = input, Output = output } } };

    private static Dictionary<string, int> Count(RoutingStrategy kind, params Deployment[] deployments) => Count(new StrategySettings(kind), false, deployments);

    private static Dictionary<string, int> Count(StrategySettings settings, bool stream, params Deployment[] deployments)
    {
        var (strategy, route) = (new RoutingStrategies(new Random(7)).Of(settings.Kind), Route(settings, stream, deployments));
        return Enumerable.Range(0, Picks).Select(_ => strategy.Pick(deployments, route, _now)!.Id).CountBy(id => id).ToDictionary();
    }

    private static Deployment? Pick(RoutingStrategy kind, params Deployment[] deployments) =>
        new RoutingStrategies(new Random(7)).Of(kind).Pick(deployments, Route(new StrategySettings(kind), false, deployments), _now);

    private static CallRoute Route(StrategySettings settings, bool stream, params Deployment[] deployments) =>
        new(Routes.Snapshot(new RoutingSettings { Strategy = settings }), new ModelMatch(new ModelGroup("g", deployments), []), "g") { Envelope = new CallEnvelope { Stream = stream } };
}
