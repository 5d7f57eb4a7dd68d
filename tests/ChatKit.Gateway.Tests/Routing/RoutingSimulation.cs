using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Strategies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>
/// Ten thousand calls in made-up time over made-up deployments: the real router, strategies, retries and cooldowns, and nobody behind them. Calls arrive evenly
/// and overlap, so that busy deployments are busy; what happens next is always the earliest of what is due, so that every run is the same.
/// </summary>
internal sealed class RoutingSimulation(RoutingSettings settings, TimeSpan between, params IReadOnlyList<SimulatedDeployment> deployments)
{
    public const int Calls = 10_000;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
    private readonly PriorityQueue<Action, (DateTimeOffset Due, int Number)> _due = new();
    private readonly Random _random = new(20261122);
    private readonly AttemptObserver _observer = new(new UnsharedRoutingState(), NullLogger<AttemptObserver>.Instance);
    private readonly Dictionary<string, int> _attempts = [];
    private readonly Dictionary<string, int> _answers = [];
    private readonly List<double> _seconds = [];
    private int _number;
    private int _failures;

    public SimulatedOutcome Run()
    {
        // Continuations run where they become due, and not somewhere later.
        SynchronizationContext.SetSynchronizationContext(null);
        var snapshot = Routes.Snapshot(settings, deployments.Select(deployment => deployment.Deployment));
        var router = new Router(new DeploymentPicker(new RoutingStrategies(_random)), new RetryPolicy(_random), _time, NullLogger<Router>.Instance);
        for (var i = 0; i < Calls; i++) Plan(between * i, () => _ = CallAsync(router, snapshot));
        while (_seconds.Count + _failures < Calls)
        {
            // With nothing due but a wait for a retry, time passes until it is over.
            if (!_due.TryDequeue(out var next, out var when))
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                continue;
            }

            if (when.Due > _time.GetUtcNow()) _time.SetUtcNow(when.Due);
            next();
        }

        _seconds.Sort();
        return new SimulatedOutcome(_attempts, _answers, _seconds, _failures);
    }

    private async Task CallAsync(Router router, GatewaySnapshot snapshot)
    {
        var arrived = _time.GetUtcNow();
        var error = await router.RouteAsync(new CallRoute(snapshot, snapshot.Resolve("g")!, "g"), AttemptAsync);
        if (error is not null) _failures++;
        else _seconds.Add((_time.GetUtcNow() - arrived).TotalSeconds);
    }

    private ValueTask<GatewayError?> AttemptAsync(CallRoute route, Deployment deployment, int number)
    {
        var (simulated, started, done) = (deployments.First(simulated => simulated.Deployment.Id == deployment.Id), _time.GetUtcNow(), new TaskCompletionSource<GatewayError?>());
        var fails = _random.NextDouble() < simulated.Failures;
        // Half to one and a half times the mean, and one in fifty takes five times as long.
        var seconds = simulated.Seconds * (0.5 + _random.NextDouble()) * (_random.Next(50) == 0 ? 5 : 1);
        _attempts[deployment.Id] = _attempts.GetValueOrDefault(deployment.Id) + 1;
        Plan(TimeSpan.FromSeconds(seconds), () =>
        {
            var error = fails ? Routes.Answered(500) : null;
            if (!fails) _answers[deployment.Id] = _answers.GetValueOrDefault(deployment.Id) + 1;
            _observer.Observe(
                new Attempt
                {
                    Deployment = deployment,
                    Number = number,
                    StartedAt = started,
                    Duration = TimeSpan.FromSeconds(seconds),
                    Usage = fails ? null : new TokenUsage(0, simulated.Tokens),
                    Error = error,
                },
                route.Match.Group,
                settings);
            done.SetResult(error);
        });
        return new ValueTask<GatewayError?>(done.Task);
    }

    private void Plan(TimeSpan delay, Action action) => _due.Enqueue(action, (_time.GetUtcNow() + delay, _number++));
}

/// <summary>A deployment as the simulation knows it.</summary>
/// <param name="Deployment">Its configuration.</param>
/// <param name="Seconds">How long an answer takes, in the mean.</param>
/// <param name="Failures">The share of calls that it fails.</param>
/// <param name="Tokens">The tokens of an answer.</param>
internal sealed record SimulatedDeployment(Deployment Deployment, double Seconds, double Failures = 0, long Tokens = 100);

/// <summary>What came of the calls.</summary>
internal sealed record SimulatedOutcome(IReadOnlyDictionary<string, int> Attempts, IReadOnlyDictionary<string, int> Answers, IReadOnlyList<double> Seconds, int Failures)
{
    public double ShareOf(string id) => Answers.GetValueOrDefault(id) / (double)Answers.Values.Sum();

    public double AttemptShareOf(string id) => Attempts.GetValueOrDefault(id) / (double)Attempts.Values.Sum();

    /// <summary>How long the given share of the answered calls took at most.</summary>
    public double Quantile(double share) => Seconds[(int)Math.Ceiling(share * Seconds.Count) - 1];
}
