using System.Collections.Concurrent;
using System.Data.Common;
using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Redis;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatKit.Gateway.Tests.Keys.Lookup;

/// <summary>A table of keys that a test can take down, hold up, and count the questions of.</summary>
internal sealed class FakeKeyTable
{
    private readonly ConcurrentQueue<int> _queries = new();

    public FakeKeyTable(KeySettings? settings = null)
    {
        var snapshots = new SnapshotHolder(Snapshots.With(new GatewaySettings { Keys = settings ?? KeySettings.Default }));
        Holders = new KeyHolders(ReadAsync, snapshots, new ReplicaNews(new SharedRedis(snapshots, Time, NullLogger<SharedRedis>.Instance)), Changes, Time, Logs);
    }

    public ConcurrentDictionary<KeyHash, KnownKey> Rows { get; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public AccountChanges Changes { get; } = new();

    public ILogger Logs { get; } = new LogLines();

    public KeyHolders Holders { get; }

    public bool IsDown { get; set; }

    /// <summary>Queries wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How many keys each query so far asked for.</summary>
    public IReadOnlyList<int> Queries => [.. _queries];

    public KeyHash Add(string key, Func<Caller, Caller>? with = null)
    {
        var hash = KeyHash.Of(key);
        var caller = new Caller(key, Role.InternalUser) { KeyHash = hash.ToString() };
        Rows[hash] = new KnownKey(with is null ? caller : with(caller), DateTimeOffset.MaxValue, Refusal: null);
        return hash;
    }

    public async Task<string?> FindAsync(KeyHash hash)
    {
        var found = await Holders.FindAsync(hash);
        return found.IsUnavailable ? "unavailable" : found.Found?.Caller.Name;
    }

    /// <summary>Whether a call would not have to wait.</summary>
    public bool IsAtOnce(KeyHash hash) => Holders.FindAsync(hash).AsTask().IsCompletedSuccessfully;

    /// <summary>Until what goes on in the background has come to an end.</summary>
    public async Task SettleAsync(int queries)
    {
        for (var tries = 0; _queries.Count < queries && tries < 2000; tries++) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }

    private async Task<IReadOnlyDictionary<KeyHash, KnownKey>> ReadAsync(IReadOnlyList<KeyHash> hashes, CancellationToken cancellationToken)
    {
        // As a database does it: the rows are those of the moment of the question.
        var rows = hashes.Where(Rows.ContainsKey).ToDictionary(hash => hash, hash => Rows[hash]);
        _queries.Enqueue(hashes.Count);
        if (IsDown) throw new DownException();
        await Gate.WaitAsync(cancellationToken);
        return rows;
    }

    private sealed class DownException : DbException
    {
        public override string Message => "connection refused";
    }
}
