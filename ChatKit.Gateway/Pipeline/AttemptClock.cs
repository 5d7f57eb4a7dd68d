using System.Globalization;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// One token for all that ends an attempt early: the client leaving, another attempt that was faster, or the limit that is armed at the time. Which of them it was is known afterwards.
/// </summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _clientLeft;
    private readonly CancellationTokenRegistration _registration;
    private WaitLimit _limit;
    private volatile bool _superseded;

    public AttemptClock(TimeProvider time, CancellationToken clientLeft)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _clientLeft = clientLeft;
        _registration = clientLeft.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Why the token was cancelled; null where it was not.</summary>
    public GatewayError? Expired =>
        _clientLeft.IsCancellationRequested ? GatewayError.ClientLeft
        : _superseded ? GatewayError.Superseded
        : _source.IsCancellationRequested ? TimedOut()
        : null;

    /// <summary>From now on the attempt may take so long.</summary>
    public void Arm(WaitLimit limit)
    {
        _limit = limit;
        _source.CancelAfter(limit.Time);
    }

    /// <summary>From now on the attempt may take as long as it likes.</summary>
    public void Disarm() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Ends the attempt: another one has the answer.</summary>
    public void Supersede()
    {
        _superseded = true;
        _source.Cancel();
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }

    private GatewayError TimedOut()
    {
        var seconds = _limit.Time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return new GatewayError(408, "timeout_error", $"The provider did not send {_limit.For} within {seconds} s.") { Origin = ErrorOrigin.Timeout };
    }
}
