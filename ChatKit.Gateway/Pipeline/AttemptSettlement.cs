using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Spend;
using ChatKit.Gateway.Telemetry;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Stage 10, the one place where an attempt is settled: exactly once, whether it succeeded, failed, or lost its client. Metrics, traces and spend hang
/// here and read nothing but the fact.
/// </summary>
internal sealed partial class AttemptSettlement(AttemptObserver observer, BudgetGate budgets, SettlementListeners listeners, SpendLedger spend, ILogger<AttemptSettlement> logger)
{
    /// <summary>
    /// Money: what the attempt cost is put on the books, once, and before its answer's last byte leaves. Over when it is safe from the end of this process.
    /// </summary>
    public ValueTask ChargeAsync(GatewayCall call, Attempt attempt)
    {
        if (attempt.Kind is AttemptKind.Probe) return default;
        if (attempt.Cost is { } cost) budgets.Charge(Payers.Of(call, attempt.Deployment), cost, call.Caller, (attempt.StartedAt + attempt.Duration).UtcDateTime);
        if (attempt.Usage is { } usage)
        {
            if (attempt.Error is null) attempt.Deployment.State.Output.Add(usage.Output);
            call.Limits?.Use(CallEstimate.Counted(usage.Input, usage.Output, call.Snapshot.Settings.Budgets.CountedTokens));
        }

        return spend.RecordAsync(SpendOfCall.Of(call, attempt));
    }

    /// <summary>The same of an answer out of the cache.</summary>
    public ValueTask ChargeHitAsync(GatewayCall call, Deployment deployment, DateTimeOffset now) => spend.RecordAsync(SpendOfCall.OfCacheHit(call, deployment, now.UtcDateTime));

    public void Settle(GatewayCall call, Attempt attempt, AttemptTelemetry telemetry)
    {
        var isSuperseded = attempt.Error?.Origin is ErrorOrigin.Superseded;
        if (!isSuperseded) call.LastAttempt = attempt;
        call.Route?.Trace?.Ended(attempt);
        var settled = attempt.Kind is AttemptKind.Probe ? null : SettlementOf(call, attempt);
        telemetry.Settle(attempt, settled);
        if (settled is not null)
        {
            var rests = observer.Observe(attempt, call.Match!.Group, call.Snapshot.Settings.Routing);
            listeners.Tell(settled, rests, call.Snapshot.Settings);
        }

        if (attempt.ClientLeft) Log.ClientLeft(logger, call.Id, attempt.Number, attempt.Kind, attempt.Deployment.Id, attempt.Duration.TotalMilliseconds);
        else if (isSuperseded) Log.Superseded(logger, call.Id, attempt.Number, attempt.Kind, attempt.Deployment.Id, attempt.Duration.TotalMilliseconds);
        else if (attempt.Error is { } error) Log.Failed(logger, call.Id, attempt.Number, attempt.Kind, attempt.Deployment.Id, error.Status, error.Message);
        else Log.Succeeded(logger, call.Id, attempt.Number, attempt.Kind, attempt.Deployment.Id, attempt.Duration.TotalMilliseconds);
    }

    /// <summary>An answer out of the cache: nobody was called, and it costs nothing. It is told of all the same, as a call of its caller's.</summary>
    public void SettleHit(GatewayCall call, Attempt hit)
    {
        call.LastAttempt = hit;
        listeners.Tell(SettlementOf(call, hit) with { Cost = 0 }, rests: false, call.Snapshot.Settings);
        Log.Answered(logger, call.Id, call.Cached!.Key);
    }

    /// <summary>What money, metrics and callbacks are told of the attempt.</summary>
    private static Settlement SettlementOf(GatewayCall call, Attempt attempt)
    {
        var model = call.Match!.UpstreamModel(attempt.Deployment);
        return new Settlement
        {
            Attempt = attempt,
            CallId = call.Id,
            Operation = call.Operation,
            Caller = call.Caller,
            EndUser = call.EndUser,
            Accounts = Payers.Of(call, attempt.Deployment),
            Tags = call.Route?.Tags ?? [],
            Group = call.Match.Group.Name,
            ClientModel = call.ClientModel,
            AskedGroup = call.AskedGroup,
            UpstreamModel = model,
            Cost = attempt.Cost,
            IpAddress = call.IpAddress,
            SessionId = call.SessionId,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(5, LogLevel.Debug, "{CallId}: answered out of the cache, {Key}")]
        public static partial void Answered(ILogger logger, string callId, string key);

        [LoggerMessage(1, LogLevel.Debug, "{CallId}: attempt {Number} ({Kind}) at {Deployment} succeeded in {Milliseconds:0} ms")]
        public static partial void Succeeded(ILogger logger, string callId, int number, AttemptKind kind, string deployment, double milliseconds);

        [LoggerMessage(2, LogLevel.Warning, "{CallId}: attempt {Number} ({Kind}) at {Deployment} failed with {Status}: {Message}")]
        public static partial void Failed(ILogger logger, string callId, int number, AttemptKind kind, string deployment, int status, string message);

        [LoggerMessage(4, LogLevel.Debug, "{CallId}: attempt {Number} ({Kind}) at {Deployment} was broken off after {Milliseconds:0} ms: another one answered first")]
        public static partial void Superseded(ILogger logger, string callId, int number, AttemptKind kind, string deployment, double milliseconds);

        [LoggerMessage(3, LogLevel.Debug, "{CallId}: the client left attempt {Number} ({Kind}) at {Deployment} after {Milliseconds:0} ms")]
        public static partial void ClientLeft(ILogger logger, string callId, int number, AttemptKind kind, string deployment, double milliseconds);
    }
}
