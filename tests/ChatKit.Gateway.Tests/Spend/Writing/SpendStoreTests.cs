using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Spend;
using ChatKit.Gateway.Spend.Writing;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ChatKit.Data.Gateway;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend.Writing;

/// <summary>A batch is stored as a whole, and whatever comes twice counts once.</summary>
public sealed class SpendStoreTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task What_comes_twice_counts_once(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        var store = Store(database);
        SpendRecord[] records = [Records.New("a"), Records.New("b") with { Cost = null }, Records.New("a")];
        await store.WriteAsync("s1", records, onlySums: false, default);
        await store.WriteAsync("s1", records, onlySums: false, default);
        // The same settlements in another segment: a replica that took over while the first was slow.
        await store.WriteAsync("s2", [.. records, Records.New("c")], onlySums: false, default);

        await using var context = database.OpenGateway();
        Assert.Equal(["a", "b", "c"], await context.SpendLogs.Select(row => row.RequestId).OrderBy(id => id).ToListAsync());
        var day = Assert.Single(await context.DailySpend.Where(row => row.Kind == "Global").ToListAsync());
        Assert.Equal((3L, 2_000L, 1L), (day.Requests, day.Spend, day.Unpriced));
        Assert.Equal(2_000, (await context.AccountSpend.SingleAsync(row => row.Kind == "Global")).Spend);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Without_rows_the_segments_name_keeps_sums_from_counting_twice(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        var store = Store(database);
        for (var i = 0; i < 3; i++) await store.WriteAsync("s1", [Records.New("a"), Records.New("b")], onlySums: true, default);

        await using var context = database.OpenGateway();
        Assert.Empty(await context.SpendLogs.ToListAsync());
        Assert.Equal(2, (await context.DailySpend.SingleAsync(row => row.Kind == "Global")).Requests);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Periods_of_budgets_have_rows_of_their_own(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        var record = Records.New("a") with { TeamId = "t", UserId = "u", KeyHash = "k", OrganizationId = "o", Periods = [new ChargedPeriod(AccountKind.Team, "t", Records.Day.Date), new ChargedPeriod(AccountKind.KeyModel, "k/gpt", DateTime.UnixEpoch)] };
        await Store(database).WriteAsync("s1", [record], onlySums: false, default);

        await using var context = database.OpenGateway();
        Assert.Equal(
            ["Deployment d1 1970", "Global  1970", "Key k 1970", "KeyModel k/gpt 1970", "Organization o 1970", "Provider openai 1970", "Team t 1970", "Team t 2026", "TeamMember t/u 1970", "User u 1970"],
            (await context.AccountSpend.ToListAsync()).Select(row => $"{row.Kind} {row.Id} {row.WindowStart.Year}").Order(StringComparer.Ordinal));
    }

    /// <summary>Two replicas that write the same sums at the same time never wait for each other in a circle.</summary>
    [SkippableFact]
    public async Task Writers_do_not_deadlock()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.PostgreSql);
        var random = new Random(1);
        var batches = Enumerable.Range(0, 40).Select(batch => Enumerable.Range(0, 50)
            .Select(i => Records.New($"{batch}-{i}") with { UserId = $"u{random.Next(20)}", KeyHash = $"k{random.Next(20)}", Tags = [$"t{random.Next(9)}", "all"] })
            .OrderBy(_ => random.Next()).ToList()).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (batch, stop) => await Store(database).WriteAsync($"s{batch}", batches[batch], onlySums: false, stop));

        await using var context = database.OpenGateway();
        Assert.Equal(2_000, await context.DailySpend.Where(row => row.Kind == "Tag" && row.Id == "all").SumAsync(row => row.Requests));
    }

    private static SpendStore Store(TempDatabase database)
    {
        var services = new ServiceCollection().AddLogging().AddGatewayDatabase(database.Target).BuildServiceProvider();
        return new SpendStore(
            services.GetRequiredService<IDbContextFactory<GatewayDbContext>>(), database.Target.Kind == DatabaseKind.Sqlite ? new SqliteSpendTables() : new PostgresSpendTables(), TimeProvider.System);
    }
}
