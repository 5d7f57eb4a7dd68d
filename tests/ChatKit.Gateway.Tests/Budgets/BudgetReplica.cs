using System.Collections.Frozen;
using ChatKit.Data.Gateway;
using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Budgets.Alerts;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Tests.Redis;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>The budgets of one replica.</summary>
internal sealed class BudgetReplica : IAsyncDisposable
{
    /// <summary>Nano-USD.</summary>
    public const long Dollar = 1_000_000_000;

    private BudgetReplica(RedisReplica redis, TimeProvider time, IDbContextFactory<GatewayDbContext>? database, GatewaySnapshot? snapshot)
    {
        Redis = redis;
        Snapshots = new SnapshotHolder(snapshot ?? Nothing);
        Alerts = new AlertQueue(Snapshots, NullLogger<AlertQueue>.Instance);
        Deployments = new DeploymentBudgets(Snapshots, Book, time);
        var store = new SpendStore(time, NullLogger<SpendStore>.Instance, database);
        Gate = new BudgetGate(Book, store, new SharedBudgets(redis.Shared, Book, time), new BudgetWatch(Alerts, Deployments), time);
        Reconciliation = new SpendReconciliation(Book, store, time);
    }

    public static GatewaySnapshot Nothing { get; } = new() { Groups = FrozenDictionary<string, ModelGroup>.Empty, WildcardGroups = [], Settings = new GatewaySettings() };

    public RedisReplica Redis { get; }

    public SnapshotHolder Snapshots { get; }

    public SpendBook Book { get; } = new();

    public AlertQueue Alerts { get; }

    public DeploymentBudgets Deployments { get; }

    public SpendReconciliation Reconciliation { get; }

    public BudgetGate Gate { get; }

    public static BudgetReplica Alone(TimeProvider time, IDbContextFactory<GatewayDbContext>? database = null, GatewaySnapshot? snapshot = null) =>
        new(RedisReplica.Alone(time), time, database, snapshot);

    public static async Task<BudgetReplica> StartAsync(RedisServer redis, IDbContextFactory<GatewayDbContext>? database = null) =>
        new(await RedisReplica.StartAsync(redis), TimeProvider.System, database, null);

    public static Account Key(long? max = null, long? soft = null, string? duration = null, string id = "hash") => Of(AccountKind.Key, id, max, soft, duration);

    public static Account Of(AccountKind kind, string id, long? max = null, long? soft = null, string? duration = null) =>
        new(new AccountId(kind, id)) { Budgets = [new Budget(max, soft, Period(duration))] };

    public static BudgetPeriod Period(string? duration) => BudgetPeriod.TryParse(duration, DateTime.UnixEpoch, out var period) ? period : throw new ArgumentException(duration);

    public Task<BudgetVerdict> AskAsync(long estimate, params Account[] accounts) => Gate.ReserveAsync(accounts, estimate, BudgetSettings.Default).AsTask();

    /// <summary>What is known to be spent of the account's first budget, and reserved by this replica.</summary>
    public (long Spent, long Reserved) Of(Account account, DateTime now)
    {
        var window = Book.Of(account.Id, account.Budgets[0].Period, now);
        return (window.Spent, window.Reserved);
    }

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        Deployments.Dispose();
        Reconciliation.Dispose();
    }
}
