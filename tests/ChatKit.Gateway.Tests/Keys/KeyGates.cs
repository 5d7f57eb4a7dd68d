using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Redis;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>The gate by itself.</summary>
internal static class KeyGates
{
    public static KeyGate MasterKeyOnly() => new(WithoutDatabase(), TimeProvider.System);

    public static KeyHolders WithoutDatabase()
    {
        var snapshots = new SnapshotHolder(Snapshots.With(new GatewaySettings()));
        var redis = new SharedRedis(snapshots, TimeProvider.System, NullLogger<SharedRedis>.Instance);
        return new KeyHolders(read: null, snapshots, new ReplicaNews(redis), new AccountChanges(), TimeProvider.System, NullLogger.Instance);
    }
}
