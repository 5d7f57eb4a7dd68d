using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline.Continuation;
using ChatKit.Gateway.Telemetry;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// An attempt from its beginning to its settlement. Disposing it settles it with what is known by then, so that no way out of an attempt, an exception included,
/// goes without a settlement, and none has two.
/// </summary>
internal sealed class AttemptRun(GatewayCall call, UpstreamAttempt attempt, AttemptTelemetry telemetry, AttemptSettlement settlement) : IDisposable
{
    private GatewayError? _relayed = GatewayError.Unexpected;
    private bool _relaying;
    private bool _abandoned;
    private int _settled;
    private int _isCharged;
    private Attempt? _charged;

    public UpstreamAttempt Attempt => attempt;

    /// <summary>True until it is known whether there will be an answer.</summary>
    public bool IsOpening => ReferenceEquals(attempt.Opened, GatewayError.Unexpected);

    /// <summary>What came of it so far: null for a success. While a step is under way, and where it throws, that is a bug.</summary>
    public GatewayError? Outcome => _relaying ? _relayed : attempt.Opened;

    /// <summary>Runs the attempt to where the client's answer can begin. An error where it cannot.</summary>
    public ValueTask<GatewayError?> OpenAsync() => attempt.OpenAsync();

    /// <summary>Gives the answer to the client, to its end.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="scribe">Takes the answer down on its way; null where nobody needs to know what it said.</param>
    public async ValueTask RelayAsync(TimeProvider time, StreamScribe? scribe = null)
    {
        _relaying = true;
        _relayed = scribe is null ? await ResponseRelay.RelayAsync(call, this, time) : await scribe.RelayAsync(this, time);
    }

    /// <summary>
    /// Puts what the attempt cost on the books, once. Whoever relays an answer does so before its last byte leaves: a client that has its answer finds it in the spend
    /// log, even where this process ends in the next instant.
    /// </summary>
    /// <param name="outcome">How the answer ends: null for well.</param>
    public ValueTask<Attempt> ChargeAsync(GatewayError? outcome) => ChargeAsync(attempt.ToFact(outcome));

    /// <summary>Breaks the attempt off: another one answers the client. Too late for the one that does.</summary>
    public void Abandon()
    {
        if (_relaying || Volatile.Read(ref _settled) != 0) return;
        _abandoned = true;
        attempt.Abandon();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0) return;
        try
        {
            // One that had its answer ready a moment too late lost too.
            var outcome = _abandoned && Outcome is null ? GatewayError.Superseded : Outcome;
            var fact = outcome is null && _charged is { Error: null } charged ? charged : attempt.ToFact(outcome);
            settlement.Settle(call, fact, telemetry);
            // Nobody waits for it: where somebody has an answer of this attempt, it was charged before.
            if (_isCharged == 0) _ = ChargeAsync(fact).AsTask();
        }
        finally
        {
            attempt.Dispose();
        }
    }

    private async ValueTask<Attempt> ChargeAsync(Attempt fact)
    {
        if (Interlocked.Exchange(ref _isCharged, 1) != 0) return fact;
        await settlement.ChargeAsync(call, fact);
        return _charged = fact;
    }
}
