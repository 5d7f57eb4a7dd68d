using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Spend;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>What was spent before the process began, and by others: out of a real database.</summary>
public sealed class SpendStoreTests
{
    private const long Cent = BudgetReplica.Dollar / 100;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 15, 42, TimeSpan.Zero));

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_budget_goes_on_where_it_was_and_replicas_learn_of_each_other(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var services = new ServiceCollection().AddGatewayDatabase(database.Target).BuildServiceProvider();
        var contexts = services.GetRequiredService<IDbContextFactory<GatewayDbContext>>();
        var (key, namesake) = (BudgetReplica.Key(max: 10 * Cent, duration: "1d"), BudgetReplica.Of(AccountKind.Team, "hash", max: 10 * Cent, duration: "1d"));
        await WriteAsync(contexts, "Key", 4 * Cent, new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc));
        await WriteAsync(contexts, "Key", 999 * Cent, DateTime.UnixEpoch);

        await using var one = BudgetReplica.Alone(_time, contexts);
        Assert.Equal(6 * Cent, (await one.AskAsync(20 * Cent, key)).Hold!.Amount);
        Assert.Equal(10 * Cent, (await one.AskAsync(20 * Cent, namesake)).Hold!.Amount);

        // Another replica's spend writer.
        await WriteAsync(contexts, "Key", 9 * Cent, new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc));
        await one.Reconciliation.ReconcileAsync();
        Assert.Equal(9 * Cent, one.Of(key, _time.GetUtcNow().UtcDateTime).Spent);

        // The journal is behind: what this process knows counts.
        one.Gate.Charge([key], 5 * Cent, caller: null, _time.GetUtcNow().UtcDateTime);
        await one.Reconciliation.ReconcileAsync();
        Assert.Equal(14 * Cent, one.Of(key, _time.GetUtcNow().UtcDateTime).Spent);
    }

    [Fact]
    public async Task A_database_that_is_down_is_asked_once_and_not_by_every_call()
    {
        var database = new UnreachableDatabase();
        await using var replica = BudgetReplica.Alone(_time, database);

        for (var call = 0; call < 20; call++) Assert.NotNull((await replica.AskAsync(1, BudgetReplica.Key(max: Cent, id: $"k{call}"))).Hold);

        Assert.Equal(1, database.Tries);
    }

    private static async Task WriteAsync(IDbContextFactory<GatewayDbContext> contexts, string kind, long spend, DateTime start)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await context.AccountSpend.Where(row => row.Kind == kind && row.Id == "hash" && row.WindowStart == start).ExecuteDeleteAsync();
        context.AccountSpend.Add(new AccountSpendRow { Kind = kind, Id = "hash", WindowStart = start, Spend = spend, UpdatedAt = start });
        await context.SaveChangesAsync();
    }
}
