using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using Xunit;
using Xunit.Abstractions;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>
/// The strategies beside each other, over three deployments that answer in 0.2, 0.4 and 1 s in the mean: whom the calls go to, and how long the slowest take.
/// Fifty calls arrive in a second.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Simple_shuffle_keeps_to_the_weights_and_has_the_tail_of_the_slowest()
    {
        var outcome = Run(RoutingStrategy.SimpleShuffle, Fast() with { Weight = 5 }, Medium() with { Weight = 3 }, Slow() with { Weight = 2 });
        AssertShares(outcome, 0.5, 0.3, 0.2, tolerance: 0.02);
        Assert.InRange(outcome.Quantile(0.5), 0.2, 0.4);
        Assert.InRange(outcome.Quantile(0.95), 1.0, 1.5);
    }

    [Fact]
    public void Least_busy_gives_in_proportion_to_speed()
    {
        // Each has the same number under way, so each gets as many as it finishes: 1/0.2 : 1/0.4 : 1/1.
        var outcome = Run(RoutingStrategy.LeastBusy, Fast(), Medium(), Slow());
        AssertShares(outcome, 0.588, 0.294, 0.118, tolerance: 0.03);
        Assert.InRange(outcome.Quantile(0.95), 0.5, 1.3);
    }

    [Fact]
    public void Latency_based_goes_to_the_fastest_and_cuts_the_tail()
    {
        var outcome = Run(RoutingStrategy.LatencyBased, Fast(), Medium(), Slow());
        Assert.InRange(outcome.ShareOf("fast"), 0.9, 1);
        Assert.InRange(outcome.ShareOf("slow"), 0, 0.02);
        Assert.InRange(outcome.Quantile(0.95), 0.2, 0.4);
    }

    [Fact]
    public void A_latency_buffer_shares_among_the_nearly_fastest()
    {
        var settings = new RoutingSettings { Strategy = new StrategySettings(RoutingStrategy.LatencyBased) { LatencyBuffer = 1.5, LatencySamples = 64 } };
        var outcome = Run(settings, Fast(), Medium(), Slow());
        Assert.InRange(outcome.ShareOf("fast"), 0.45, 0.65);
        Assert.InRange(outcome.ShareOf("medium"), 0.35, 0.55);
        Assert.InRange(outcome.ShareOf("slow"), 0, 0.05);
    }

    [Fact]
    public void Usage_based_evens_out_the_tokens()
    {
        // Answers of 100, 200 and 400 tokens: the calls go 4 : 2 : 1.
        var outcome = new RoutingSimulation(
            Settings(RoutingStrategy.UsageBased), _between, new(Fast(), 0.2, Tokens: 100), new(Medium(), 0.2, Tokens: 200), new(Slow(), 0.2, Tokens: 400)).Run();
        AssertShares(outcome, 0.571, 0.286, 0.143, tolerance: 0.03);
    }

    [Fact]
    public void Cost_based_fills_the_cheapest_to_its_limit_and_then_the_next()
    {
        // 3000 calls a minute for 3 minutes and a third: 600 and 900 of each minute fit with the two cheaper ones, and 400 of the last third with the second.
        var outcome = Run(RoutingStrategy.CostBased, Priced(Fast(), 0.1m) with { Rpm = 600 }, Priced(Medium(), 0.2m) with { Rpm = 900 }, Priced(Slow(), 5m));
        AssertShares(outcome, 0.24, 0.31, 0.45, tolerance: 0.005);
        Assert.Equal(0, outcome.Failures);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void What_one_deployment_fails_another_answers(double failures)
    {
        var outcome = new RoutingSimulation(Settings(RoutingStrategy.SimpleShuffle), _between, new(Fast(), 0.2, failures), new(Medium(), 0.4), new(Slow(), 1)).Run();
        Report(outcome);
        Assert.Equal(0, outcome.Failures);
        // One that mostly fails rests most of the time; the calls in between are what it takes to know.
        if (failures > 0.5) Assert.InRange(outcome.AttemptShareOf("fast"), 0, 0.1);
        else Assert.InRange(outcome.AttemptShareOf("fast"), 0.2, 0.35);
        Assert.InRange(outcome.Quantile(0.99), 1, 8);
    }

    [Fact]
    public void Where_half_of_all_calls_fail_everywhere_retries_save_most()
    {
        // Three tries each, half of which fail: an eighth is left over, if nobody rested.
        var settings = Settings(RoutingStrategy.SimpleShuffle) with { Cooldowns = new CooldownRules { Disabled = true } };
        var outcome = new RoutingSimulation(settings, _between, new(Fast(), 0.2, 0.5), new(Medium(), 0.2, 0.5), new(Slow(), 0.2, 0.5)).Run();
        Assert.InRange(outcome.Failures / (double)RoutingSimulation.Calls, 0.115, 0.135);
    }

    private SimulatedOutcome Run(RoutingStrategy strategy, Deployment fast, Deployment medium, Deployment slow) => Run(Settings(strategy), fast, medium, slow);

    private SimulatedOutcome Run(RoutingSettings settings, Deployment fast, Deployment medium, Deployment slow)
    {
        var outcome = new RoutingSimulation(settings, _between, new(fast, 0.2), new(medium, 0.4), new(slow, 1)).Run();
        Report(outcome);
        return outcome;
    }

    private void Report(SimulatedOutcome outcome) => output.WriteLine(
        $"shares {outcome.ShareOf("fast"):0.000} {outcome.ShareOf("medium"):0.000} {outcome.ShareOf("slow"):0.000}; p50 {outcome.Quantile(0.5):0.00} p95 {outcome.Quantile(0.95):0.00} p99 {outcome.Quantile(0.99):0.00}; failures {outcome.Failures}");

    private static void AssertShares(SimulatedOutcome outcome, double fast, double medium, double slow, double tolerance)
    {
        Assert.InRange(outcome.ShareOf("fast"), fast - tolerance, fast + tolerance);
        Assert.InRange(outcome.ShareOf("medium"), medium - tolerance, medium + tolerance);
        Assert.InRange(outcome.ShareOf("slow"), slow - tolerance, slow + tolerance);
    }

    private static RoutingSettings Settings(RoutingStrategy strategy) => new() { Strategy = new StrategySettings(strategy) };

    private static Deployment Fast() => Routes.Deployment("fast");

    private static Deployment Medium() => Routes.Deployment("medium");

    private static Deployment Slow() => Routes.Deployment("slow");

    private static Deployment Priced(Deployment deployment, decimal price) => deployment with { GivenFacts = new ModelFacts { Prices = new ModelPrices { Input = price, Output = price } } };
}
