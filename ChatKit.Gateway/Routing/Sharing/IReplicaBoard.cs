namespace ChatKit.Gateway.Routing.Sharing;

/// <summary>Where replicas leave their notes and read those of the others. One exchange is one round trip or a few; it may fail in any way.</summary>
internal interface IReplicaBoard : IAsyncDisposable
{
    /// <summary>Puts up this replica's note, which goes by itself when it is not renewed, and returns those of all others.</summary>
    Task<IReadOnlyList<ReplicaNote>> ExchangeAsync(ReplicaNote own);

    /// <summary>Counts one more call of a deployment in a minute of the clock, over all replicas at once, and returns which one it is.</summary>
    Task<long> CountAsync(string deployment, long minute);
}

/// <param name="Replica">Who wrote it; the same as long as the process runs.</param>
/// <param name="Text">JSON: <see cref="Wire.SharedStateWire"/>.</param>
internal sealed record ReplicaNote(string Replica, string Text);
