using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Redis;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>Who holds which key. Without a database nobody holds any, and the master key is the only one.</summary>
internal sealed class KeyHolders
{
    private readonly LiveLookup<KeyHash, KnownKey>? _keys;

    public KeyHolders(SnapshotHolder snapshots, ReplicaNews news, AccountChanges changes, TimeProvider time, ILogger<KeyHolders> logger, KeyQuery? query = null)
        : this(query is null ? null : query.ReadAsync, snapshots, news, changes, time, logger)
    {
    }

    /// <summary>With keys from elsewhere.</summary>
    internal KeyHolders(ReadBatch<KeyHash, KnownKey>? read, SnapshotHolder snapshots, ReplicaNews news, AccountChanges changes, TimeProvider time, ILogger logger)
    {
        if (read is null) return;
        _keys = new LiveLookup<KeyHash, KnownKey>(read, snapshots, news, time, logger);
        changes.Changed += Forget;
        changes.Missed += _keys.Age;
    }

    /// <summary>How many are in memory.</summary>
    public int Count => _keys?.Count ?? 0;

    public ValueTask<LookedUp<KnownKey>> FindAsync(KeyHash hash) => _keys?.FindAsync(hash) ?? default;

    private void Forget(AccountId changed)
    {
        switch (changed.Kind)
        {
            case AccountKind.Key when KeyHash.TryParse(changed.Id, out var hash):
                _keys!.Forget(hash);
                // Under its old hash it may be known as well.
                _keys.ForgetWhere(key => key.IsRetired && key.Caller.KeyHash == changed.Id);
                break;
            case AccountKind.User:
                _keys!.ForgetWhere(key => key.Caller.UserId == changed.Id);
                break;
            case AccountKind.Team:
                _keys!.ForgetWhere(key => key.Caller.TeamId == changed.Id);
                break;
            case AccountKind.TeamMember:
                _keys!.ForgetWhere(key => $"{key.Caller.TeamId}/{key.Caller.UserId}" == changed.Id);
                break;
            case AccountKind.Global:
                _keys!.Age();
                break;
        }
    }
}
