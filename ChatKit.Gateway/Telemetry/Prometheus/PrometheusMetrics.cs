using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;
using Prometheus;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>
/// What <c>/metrics</c> tells. Of each call and each attempt the series are found by one look at what tells it apart, so that counting costs less than the
/// names of the labels would. Where no metrics are configured nothing is counted.
/// </summary>
internal sealed class PrometheusMetrics
{
    /// <summary>Of each kind: with its histograms, some 100 MB of memory and 50 MB of text.</summary>
    private const int MostSeries = 10_000;

    private const double Dollar = 1_000_000_000;

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly Instruments _instruments;
    private readonly SeriesCache<CallLabels, CallSeries> _calls;
    private readonly SeriesCache<AttemptLabels, AttemptSeries> _attempts;
    private readonly SeriesCache<(CallerLabels Caller, string Model), Counter.Child> _cacheHits;

    public PrometheusMetrics(SnapshotHolder snapshots, TimeProvider time)
    {
        _instruments = new Instruments(Metrics.WithCustomRegistry(_registry));
        _calls = new(MostSeries, static labels => labels with { Caller = CallerLabels.Other, Model = "other", Answered = "other" }, labels => new CallSeries(_instruments, labels));
        _attempts = new(MostSeries, static labels => labels with { Caller = CallerLabels.Other, Model = "other", Upstream = "other" }, labels => new AttemptSeries(_instruments, labels));
        _cacheHits = new(MostSeries, static labels => (CallerLabels.Other, "other"), labels => _instruments.CacheHits.WithLabels([.. labels.Caller.Values(), labels.Model]));
        _registry.AddBeforeCollectCallback(() => ShowDeployments(snapshots.Current, time.GetUtcNow()));
    }

    /// <summary>A call arrived. Disposing what this returns says that it is over.</summary>
    /// <param name="settings">Null where nothing is counted.</param>
    public CountedCall Begin(PrometheusSettings? settings)
    {
        if (settings is null) return default;
        _instruments.InFlight.Inc();
        return new CountedCall(this, settings);
    }

    /// <summary>An attempt is over.</summary>
    public void Settled(Settlement settled, PrometheusSettings? settings)
    {
        if (settings is null) return;
        var attempt = settled.Attempt;
        if (attempt.Error is { Origin: ErrorOrigin.Superseded }) return;
        var deployment = attempt.Deployment;
        var caller = CallerLabels.Of(settled.Caller, settings.EndUsers ? settled.EndUser : null);
        if (attempt.Kind is AttemptKind.CacheHit)
        {
            _cacheHits.Of((caller, settled.AskedGroup)).Inc();
            return;
        }

        // Behind a wildcard the client names the model; it is a provider's name once a provider answered to it.
        var upstream = attempt.Error is null ? settled.UpstreamModel : deployment.UpstreamModel;
        var series = _attempts.Of(new AttemptLabels(caller, settled.AskedGroup, upstream, deployment.Id, deployment.ShownBase ?? "", deployment.Provider));

        series.Attempts.Inc();
        if (attempt.Error is { } error) series.Failed(error.Status, ErrorClass.Of(error));
        else series.Successes.Inc();
        if (attempt.Kind is AttemptKind.Fallback) series.FellBack(settled.Group, attempt.Error is null);
        series.Latency.Observe(attempt.Duration.TotalSeconds);
        if (attempt.TimeToFirstToken is { } first) series.FirstToken.Observe(first.TotalSeconds);
        if (attempt.Usage is not { } usage) return;
        series.InputTokens.Inc(usage.Input);
        series.OutputTokens.Inc(usage.Output);
        series.TotalTokens.Inc(usage.Input + usage.Output);
        if (settled.Cost is { } cost) series.Spend.Inc(cost / Dollar);
        else _instruments.UnknownCost.WithLabels(upstream, deployment.Provider).Inc();
    }

    /// <summary>A deployment was given a rest for how the attempt went.</summary>
    public void Cooled(Attempt attempt, PrometheusSettings? settings)
    {
        if (settings is not null) _instruments.CooledDown.WithLabels([.. Labels.Of(attempt.Deployment), Labels.Text(attempt.Error!.Status)]).Inc();
    }

    /// <summary>Writes everything in Prometheus' text format.</summary>
    public Task WriteAsync(Stream stream, CancellationToken cancellationToken) => _registry.CollectAndExportAsTextAsync(stream, cancellationToken);

    internal void Ended(in CallFact call, PrometheusSettings settings, string route, int status)
    {
        var caller = CallerLabels.Of(call.Caller, settings.EndUsers ? call.EndUser : null);
        var series = _calls.Of(new CallLabels(caller, call.Group, call.Last?.Deployment.UpstreamModel ?? "", route, status));
        series.Requests.Inc();
        series.Latency.Observe(call.Duration.TotalSeconds);
        if ((call.Error ?? call.Last?.Error) is { } error) series.Failed(ErrorClass.Of(error));
        if (call.Last is { } last) _instruments.Overhead.WithLabels(call.Group, last.Deployment.Provider).Observe(Math.Max(0, (call.Duration - last.Duration).TotalSeconds));
    }

    internal void Left() => _instruments.InFlight.Dec();

    /// <summary>As LiteLLM tells it: resting or found unhealthy is out of service, a minute with failures is partly so.</summary>
    private void ShowDeployments(GatewaySnapshot snapshot, DateTimeOffset now)
    {
        foreach (var deployment in snapshot.Deployments)
        {
            var state = deployment.State;
            var shown = state.CooldownAt(now) is not null || state.Unhealthy is not null ? 2 : state.Minute.At(now).Failures > 0 ? 1 : 0;
            _instruments.DeploymentState.WithLabels(Labels.Of(deployment)).Set(shown);
        }
    }
}
