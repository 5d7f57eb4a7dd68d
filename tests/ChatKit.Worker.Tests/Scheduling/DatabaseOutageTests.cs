using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Npgsql;
using Xunit;

namespace ChatKit.Worker.Tests.Scheduling;

public sealed class DatabaseOutageTests
{
    [SkippableFact]
    public async Task A_worker_outlives_its_database_and_goes_on_when_it_is_back()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.PostgreSql);
        await using var gateway = await FakeUpstream.StartAsync();
        var complaints = new Complaints();
        await using var worker = await TestWorker.StartAsync(database, gateway, log: complaints);
        await database.AddThreadAsync("thr_1");
        await database.CompletedAsync("thr_1");

        var name = new NpgsqlConnectionStringBuilder(database.Target.ConnectionString).Database!;
        await AdministerAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await AdministerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await AdministerAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");

        NpgsqlConnection.ClearAllPools();
        await database.AddThreadAsync("thr_2");
        await database.CompletedAsync("thr_2", TimeSpan.FromSeconds(60));
        Assert.Single(complaints.Lines, line => line.Contains("The outbox cannot be handed over", StringComparison.Ordinal));
    }

    private static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.RequireAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
