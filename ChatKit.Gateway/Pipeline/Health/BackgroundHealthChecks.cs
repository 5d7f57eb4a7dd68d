using System.Runtime.CompilerServices;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline.Health;

/// <summary>
/// Checks every deployment round by round where <c>background_health_checks</c> says so, keeps what the latest round found for <c>/health</c>, and lets routing
/// know where <c>enable_health_check_routing</c> says so. A reload counts from the next round on; where it switches the checks off, nothing stays behind.
/// </summary>
internal sealed partial class BackgroundHealthChecks(
    SnapshotHolder snapshots, HealthCheck check, TimeProvider time, ILogger<BackgroundHealthChecks> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>By the state, which a deployment keeps over reloads that do not change it, and which goes when it does.</summary>
    private readonly ConditionalWeakTable<DeploymentState, DeploymentHealth> _latest = [];

    private long? _roundEnded;

    /// <summary>What the latest check found; null where the deployment has not been checked yet.</summary>
    public DeploymentHealth? Latest(Deployment deployment) => _latest.TryGetValue(deployment.State, out var health) ? health : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops, and with it a round that nobody will read.
        }
    }

    /// <summary>A round where one is due; between two rounds, those whom a reload has brought.</summary>
    private async Task LookAsync(CancellationToken stopping)
    {
        var snapshot = snapshots.Current;
        if (!snapshot.Settings.Health.InBackground)
        {
            Forget(snapshot);
            return;
        }

        var isDue = _roundEnded is null || time.GetElapsedTime(_roundEnded.Value) >= snapshot.Settings.Health.Interval;
        var deployments = HealthScope.All(snapshot).Where(deployment => !deployment.SkipsBackgroundChecks && (isDue || Latest(deployment) is null)).ToList();
        var found = await check.RunAsync(new DefaultHttpContext { RequestAborted = stopping }, snapshot, deployments);
        foreach (var health in found) Keep(health, snapshot.Settings.Health);
        if (isDue) _roundEnded = time.GetTimestamp();
    }

    private void Keep(DeploymentHealth health, HealthSettings settings)
    {
        var state = health.Deployment.State;
        var before = Latest(health.Deployment);
        if (health.Error is { } error && before?.Error is null) Log.Unhealthy(logger, health.Deployment.Id, health.Deployment.GroupName, error.Message);
        else if (health.IsHealthy && before?.Error is not null) Log.Healthy(logger, health.Deployment.Id, health.Deployment.GroupName);
        state.Unhealthy = settings.GuidesRouting ? health.Error?.Message : null;
        // Last: who sees the check in /health finds all that follows from it.
        _latest.AddOrUpdate(state, health);
    }

    private void Forget(GatewaySnapshot snapshot)
    {
        if (_roundEnded is null) return;
        _roundEnded = null;
        _latest.Clear();
        foreach (var deployment in snapshot.Deployments) deployment.State.Unhealthy = null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Deployment} of {Group} is unhealthy: {Message}")]
        public static partial void Unhealthy(ILogger logger, string deployment, string group, string message);

        [LoggerMessage(2, LogLevel.Information, "{Deployment} of {Group} is healthy again")]
        public static partial void Healthy(ILogger logger, string deployment, string group);
    }
}
