using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Telemetry;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// An attempt from its beginning to its settlement. Disposing it settles it with what is known by then, so that no way out of an attempt, an exception included,
/// goes without a settlement, and none has two.
/// </summary>
internal sealed class AttemptRun(GatewayCall call, UpstreamAttempt attempt, AttemptTelemetry telemetry, AttemptSettlement settlement) : IDisposable
{
    private bool _settled;

    public UpstreamAttempt Attempt => attempt;

    /// <summary>What came of it so far: null for a success. While a step is under way, and where it throws, that is a bug.</summary>
    public GatewayError? Outcome { get; private set; } = GatewayError.Unexpected;

    /// <summary>Runs the attempt to where the client's answer can begin. An error where it cannot.</summary>
    public async ValueTask<GatewayError?> OpenAsync() => Outcome = await attempt.OpenAsync();

    /// <summary>Gives the answer to the client, to its end.</summary>
    public async ValueTask RelayAsync(TimeProvider time)
    {
        Outcome = GatewayError.Unexpected;
        Outcome = await ResponseRelay.RelayAsync(call, attempt, time);
    }

    public void Dispose()
    {
        if (_settled) return;
        _settled = true;
        try
        {
            settlement.Settle(call, attempt.ToFact(Outcome), telemetry);
        }
        finally
        {
            attempt.Dispose();
        }
    }
}
