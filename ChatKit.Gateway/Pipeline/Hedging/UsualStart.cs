using System.Runtime.CompilerServices;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline.Hedging;

/// <summary>
/// How long deployments usually take until their answers can begin: the first content of a stream, the whole of a plain one. Kept for hedged groups only, as long
/// as the deployment lives.
/// </summary>
internal sealed class UsualStart(TimeProvider time)
{
    /// <summary>With fewer nobody can say what is usual.</summary>
    private const int Fewest = 20;

    private const double Share = 0.95;

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly ConditionalWeakTable<DeploymentState, Samples> _known = [];

    /// <summary>The time within which 95 of 100 answers of the deployment begin; null while too little is known.</summary>
    public TimeSpan? Of(Deployment deployment, bool stream) =>
        Of(deployment.State, stream).Quantile(Share, Fewest, time.GetUtcNow() - Memory) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>
    /// An answer began after so long, or would have taken longer: an attempt that lost against its hedge counts too, or the slow ones would be forgotten and the
    /// usual time shrink with every hedge.
    /// </summary>
    public void Learn(Deployment deployment, bool stream, TimeSpan start) => Of(deployment.State, stream).Add(time.GetUtcNow(), start.TotalSeconds);

    private LatencySamples Of(DeploymentState state, bool stream)
    {
        var samples = _known.GetValue(state, static _ => new Samples());
        return stream ? samples.Streamed : samples.Plain;
    }

    private sealed class Samples
    {
        public LatencySamples Plain { get; } = new();

        public LatencySamples Streamed { get; } = new();
    }
}
