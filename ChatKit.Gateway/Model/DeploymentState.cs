namespace ChatKit.Gateway.Model;

/// <summary>The moving part of a deployment: counters that calls change and that routing and the health page read.</summary>
internal sealed class DeploymentState
{
    private int _inFlight;

    /// <summary>Attempts under way now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void Begin() => Interlocked.Increment(ref _inFlight);

    public void End() => Interlocked.Decrement(ref _inFlight);
}
