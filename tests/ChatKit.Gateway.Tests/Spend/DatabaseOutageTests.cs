using ChatKit.Gateway.Model;
using ChatKit.Gateway.Spend;
using ChatKit.Gateway.Spend.Journal;
using ChatKit.Gateway.Spend.Writing;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Gateway.Tests.Spend;

/// <summary>
/// The database goes away under load and comes back: every call is answered, one warning and one all-clear are told, and afterwards rows are the answered calls exactly.
/// The full length is run with <c>CHATKIT_OUTAGE_SECONDS=60</c>.
/// </summary>
public sealed class DatabaseOutageTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("CHATKIT_OUTAGE_SECONDS"), out var asked) ? asked : 3);

    [SkippableFact]
    public async Task Calls_go_on_while_the_database_is_away_and_none_is_lost()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.PostgreSql);
        using var stop = new CancellationTokenSource();
        var answered = 0;
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var response = await host.ChatAsync(SpendHost.Plain);
                Assert.True(response.IsSuccessStatusCode);
                Interlocked.Increment(ref answered);
            }
        })));
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        var database = new Npgsql.NpgsqlConnectionStringBuilder(host.Database.Target.ConnectionString).Database!;
        await AdministratorAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS false");
        await AdministratorAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        var before = Volatile.Read(ref answered);
        await Task.Delay(Outage, TimeProvider.System);
        Assert.True(Volatile.Read(ref answered) > before, "calls go on");
        await AdministratorAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS true");
        await stop.CancelAsync();
        await load;

        Assert.Equal(answered, (await host.RowsAsync(answered)).DistinctBy(row => row.RequestId).Count());
        Assert.Equal(answered, (await host.DaysAsync("Global", answered)).Sum(day => day.Successful));
        Assert.Single(host.Gateway.Logs.All, line => line.Contains("Settlements cannot be stored", StringComparison.Ordinal));
        Assert.Single(host.Gateway.Logs.All, line => line.Contains("Settlements are stored again", StringComparison.Ordinal));
    }

    /// <summary>What the database can never hold is put aside, and all others are stored.</summary>
    [SkippableFact]
    public async Task One_settlement_that_is_refused_holds_up_no_other()
    {
        await using var host = await SpendHost.StartAsync(DatabaseKind.PostgreSql);
        var journal = host.Service<SpendJournal>();
        for (var i = 0; i < 9; i++) await journal.AppendAsync(Records.New($"r{i}") with { Response = i == 4 ? "a\0b" : null });

        Assert.Equal(8, (await host.RowsAsync(8)).Count);
        Assert.Contains("\"request_id\":\"r4\"", await File.ReadAllTextAsync(Path.Combine(host.Folder, "refused.jsonl")), StringComparison.Ordinal);
    }

    /// <summary>Slices of a thousand: older rows go, sums stay.</summary>
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task What_is_too_old_is_deleted_and_its_sums_are_not(DatabaseKind kind)
    {
        await using var host = await SpendHost.StartAsync(kind, new SpendSettings { Retention = TimeSpan.FromDays(30) });
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var records = Enumerable.Range(0, 1_500).Select(i => Records.New($"r{i}") with { StartedAt = now.AddDays(i < 1_400 ? -31 : -1) });
        await host.Service<SpendStore>().WriteAsync("s", [.. records], onlySums: false, default);

        Assert.Equal(1_400, await host.Service<SpendRetention>().CleanAsync(default));
        Assert.Equal(100, (await host.RowsAsync(100)).Count);
        await using var database = host.Database.OpenGateway();
        Assert.Equal(1_500, await database.DailySpend.Where(day => day.Kind == "Global").SumAsync(day => day.Requests));
    }

    private static async Task AdministratorAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(await PostgresServer.RequireAsync());
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
