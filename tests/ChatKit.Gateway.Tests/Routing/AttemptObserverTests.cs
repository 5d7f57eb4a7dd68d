using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>What a deployment's state learns from the facts of attempts.</summary>
public sealed class AttemptObserverTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 22, 10, 0, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset _end = _start.AddSeconds(1);

    private readonly Deployment _deployment = Routes.Deployment("a");
    private readonly Heard _heard = new();

    [Fact]
    public void A_success_counts_its_tokens_and_its_speed()
    {
        Observe(Attempts.Succeeded(_deployment, _start) with { TimeToFirstToken = TimeSpan.FromSeconds(0.25) });
        Assert.Equal(new MinuteUsage(0, 40, 1, 0), _deployment.State.Minute.At(_end));
        Assert.Equal(0.1, _deployment.State.TimePerToken.Mean(10, _start));
        Assert.Equal(0.25, _deployment.State.TimeToFirstToken.Mean(10, _start));
        Assert.Single(_heard.Attempts);
    }

    [Fact]
    public void A_rate_limit_gives_a_rest_and_the_others_hear_of_it()
    {
        Observe(Attempts.Failed(_deployment, Routes.Answered(429), _start));
        Assert.Equal(_end.AddSeconds(5), _deployment.State.CooldownAt(_end)?.Until);
        Assert.Null(_deployment.State.CooldownAt(_end.AddSeconds(5)));
        Assert.Same(_deployment.State.CooldownAt(_end), Assert.Single(_heard.Cooldowns));
    }

    [Fact]
    public void A_shorter_rest_does_not_end_a_longer_one()
    {
        Observe(Attempts.Failed(_deployment, Routes.Answered(429) with { RetryAfter = TimeSpan.FromMinutes(1) }, _start));
        Observe(Attempts.Failed(_deployment, Routes.Answered(429), _start));
        Assert.Equal(_end.AddMinutes(1), _deployment.State.CooldownAt(_end)?.Until);
        Assert.Single(_heard.Cooldowns);
    }

    [Fact]
    public void A_timeout_is_the_slowest_of_all()
    {
        Observe(Attempts.Failed(_deployment, Routes.Answered(408) with { Origin = ErrorOrigin.Timeout }, _start));
        Assert.Equal(1000, _deployment.State.TimePerToken.Mean(10, _start));
        Assert.Equal(1000, _deployment.State.TimeToFirstToken.Mean(10, _start));
        Assert.Equal(1, _deployment.State.Minute.At(_end).Failures);
    }

    [Fact]
    public void A_client_that_left_says_nothing_about_the_deployment()
    {
        Observe(Attempts.Failed(_deployment, GatewayError.ClientLeft, _start));
        Assert.Equal(default, _deployment.State.Minute.At(_end));
        Assert.Null(_deployment.State.TimePerToken.Mean(10, _start));
    }

    [Fact]
    public void A_minute_ends_with_the_clocks_and_the_others_counts_are_added()
    {
        var minute = _deployment.State.Minute;
        minute.Add(_start, new MinuteUsage(2, 100, 1, 1));
        minute.SetOthers(_start, new MinuteUsage(3, 50, 3, 0));
        Assert.Equal(new MinuteUsage(5, 150, 4, 1), minute.At(_start.AddSeconds(54)));
        Assert.Equal(new MinuteUsage(2, 100, 1, 1), minute.OwnAt(_start));
        Assert.Equal(default, minute.At(_start.AddSeconds(55)));
        minute.Add(_start.AddMinutes(1), new MinuteUsage(1, 0, 0, 0));
        minute.Add(_start, new MinuteUsage(7, 7, 7, 7));
        Assert.Equal(new MinuteUsage(1, 0, 0, 0), minute.At(_start.AddMinutes(1)));
    }

    [Fact]
    public void Latencies_are_the_last_few_that_are_not_too_old()
    {
        var samples = new LatencySamples();
        for (var i = 0; i < 100; i++) samples.Add(_start.AddSeconds(i), i);
        Assert.Equal(98.5, samples.Mean(2, _start));
        Assert.Equal((36 + 99) / 2.0, samples.Mean(1000, _start));
        Assert.Equal(99, samples.Mean(10, _start.AddSeconds(99)));
        Assert.Null(samples.Mean(10, _start.AddSeconds(100)));
        Assert.Equal(96, samples.Quantile(0.95, 20, _start));
        Assert.Null(samples.Quantile(0.95, 20, _start.AddSeconds(90)));
    }

    private void Observe(Attempt attempt) =>
        new AttemptObserver(_heard, NullLogger<AttemptObserver>.Instance).Observe(attempt, new ModelGroup("g", [_deployment, Routes.Deployment("b")]), RoutingSettings.Default);

    private sealed class Heard : ISharedRoutingState
    {
        public List<Attempt> Attempts { get; } = [];

        public List<Cooldown> Cooldowns { get; } = [];

        public void Settled(Attempt attempt) => Attempts.Add(attempt);

        public void Cooled(Deployment deployment, Cooldown cooldown) => Cooldowns.Add(cooldown);
    }
}
