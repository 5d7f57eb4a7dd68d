using ChatKit.Data.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatKit.Gateway.Administration;

/// <summary>
/// For the readiness answer. Without its database the gateway serves the keys that it knows and journals what they spend, so it stays ready, and says what it lacks.
/// Whoever reaches the gateway may ask, so the database is asked no more than once in <see cref="Period"/>.
/// </summary>
internal sealed class DatabaseHealthCheck(TimeProvider time, IDbContextFactory<GatewayDbContext>? contexts = null) : IHealthCheck
{
    public const string Name = "database";

    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly HealthCheckResult Silent = HealthCheckResult.Degraded("does not answer; known keys are served, and spend is journalled");

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _latest;
    private long _askedAt;

    /// <summary>Whether there is a database at all.</summary>
    public bool IsConfigured => contexts is not null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (contexts is null) return Task.FromResult(HealthCheckResult.Healthy());
        lock (_gate)
        {
            if (_latest is not null && time.GetElapsedTime(_askedAt) < Period) return _latest;
            _askedAt = time.GetTimestamp();
            return _latest = AskAsync(contexts);
        }
    }

    private async Task<HealthCheckResult> AskAsync(IDbContextFactory<GatewayDbContext> database)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            await using var rows = await database.CreateDbContextAsync(patience.Token);
            return await rows.Database.CanConnectAsync(patience.Token) ? HealthCheckResult.Healthy() : Silent;
        }
        catch (OperationCanceledException)
        {
            return Silent;
        }
    }
}
