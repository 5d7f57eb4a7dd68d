namespace ChatKit.Gateway.Model;

/// <summary>
/// Where a call takes its snapshot from, once, when it begins. Config's reloader is the only one that puts a new snapshot here.
/// </summary>
internal sealed class SnapshotHolder(GatewaySnapshot initial)
{
    private GatewaySnapshot _current = initial;

    public GatewaySnapshot Current => Volatile.Read(ref _current);

    public void Swap(GatewaySnapshot next) => Volatile.Write(ref _current, next);
}
