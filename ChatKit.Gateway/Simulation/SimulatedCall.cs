using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;

namespace ChatKit.Gateway.Simulation;

/// <summary>One call of the past on its way through the candidate configuration: routed by the real router, answered by what the log lets one expect.</summary>
internal sealed class SimulatedCall(LoggedCall call, GatewaySnapshot snapshot, Router router, AttemptObserver observer, PastBehaviour past, VirtualTime time)
{
    /// <summary>True where the candidate configuration has such a model.</summary>
    public bool IsKnown { get; private set; }

    public bool Failed { get; private set; }

    public bool FellBack { get; private set; }

    /// <summary>Attempts that a configured rpm or tpm would not have let through.</summary>
    public int OverLimit { get; private set; }

    public bool IsAssumed { get; private set; }

    /// <summary>US dollars; null where a price is not known.</summary>
    public decimal? Cost { get; private set; }

    public TimeSpan Latency { get; private set; }

    public LoggedCall Logged => call;

    public async Task RunAsync()
    {
        if (snapshot.Resolve(call.Group) is not { } match)
        {
            Failed = true;
            return;
        }

        (IsKnown, Cost) = (true, 0);
        var route = new CallRoute(snapshot, match, call.Group) { Tags = call.Tags, KnownTokens = (int)Math.Min(call.Usage.Input, int.MaxValue) };
        var arrived = time.GetUtcNow();
        Failed = await router.RouteAsync(route, AttemptAsync) is not null;
        Latency = time.GetUtcNow() - arrived;
        FellBack = !Failed && route.Match.Group.Name != match.Group.Name;
    }

    private async ValueTask<GatewayError?> AttemptAsync(CallRoute route, Deployment deployment, int number)
    {
        var started = time.GetUtcNow();
        var model = route.Match.UpstreamModel(deployment);
        var expected = past.Of(call, deployment, model, isFirst: number == 1);
        var error = Limit(deployment, started);
        if (error is null)
        {
            IsAssumed |= expected.IsAssumed;
            var isLate = expected.Duration > deployment.Timeouts.Total;
            await Task.Delay(isLate ? deployment.Timeouts.Total : expected.Duration, time);
            error = isLate ? Failure(408, ErrorOrigin.Timeout) : expected.FailsWith is { } status ? Failure(status, ErrorOrigin.UpstreamStatus) : null;
        }

        if (error is null && Cost is not null) Cost = deployment.FactsOf(model).Prices.CostOf(call.Usage) is { } cost ? cost / 1_000_000_000m : null;
        observer.Observe(Fact(deployment, number, started, error), route.Match.Group, route.Settings);
        return error;
    }

    /// <summary>What the provider would say to a call beyond the limits that the configuration gives.</summary>
    private GatewayError? Limit(Deployment deployment, DateTimeOffset now)
    {
        var minute = deployment.State.Minute.At(now);
        if (!(minute.Requests > deployment.Rpm) && !(minute.Tokens >= deployment.Tpm)) return null;
        OverLimit++;
        return Failure(429, ErrorOrigin.UpstreamStatus);
    }

    private Attempt Fact(Deployment deployment, int number, DateTimeOffset started, GatewayError? error) => new()
    {
        Deployment = deployment,
        Number = number,
        StartedAt = started,
        Duration = time.GetUtcNow() - started,
        Usage = error is null ? call.Usage : null,
        Error = error,
    };

    private static GatewayError Failure(int status, ErrorOrigin origin) => new(status, "api_error", "As in the log.") { Origin = origin };
}
