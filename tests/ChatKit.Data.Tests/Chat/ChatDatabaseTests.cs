using ChatKit.Data.Chat;
using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ChatKit.Data.Tests.Chat;

public sealed class ChatDatabaseTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Times_come_back_as_utc_to_the_microsecond_and_find_their_row(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        var created = new DateTime(2026, 3, 29, 1, 30, 0, DateTimeKind.Utc).AddTicks(1_234_567);
        await using (var context = database.Open())
        {
            context.Add(Rows.Thread("thr_1", created));
            await context.SaveChangesAsync();
        }

        await using var fresh = database.Open();
        var found = await fresh.Threads.SingleAsync(thread => thread.CreatedAt == created);

        Assert.Equal(DateTimeKind.Utc, found.CreatedAt.Kind);
        Assert.Equal(created.AddTicks(-7), found.CreatedAt);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Ids_are_ordered_byte_by_byte(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var context = database.Open();
        context.AddRange(((string[])["thr_b", "thr_A", "thr_a", "thr_B", "thr_1"]).Select(id => Rows.Thread(id)));
        await context.SaveChangesAsync();

        Assert.Equal(["thr_1", "thr_A", "thr_B", "thr_a", "thr_b"], await context.Threads.OrderBy(thread => thread.Id).Select(thread => thread.Id).ToListAsync());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Deleting_a_thread_deletes_its_items(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var context = database.Open();
        context.AddRange(Rows.Thread("thr_1"), Rows.Item("thr_1", "msg_1", 1));
        await context.SaveChangesAsync();

        await context.Threads.ExecuteDeleteAsync();

        Assert.Equal(0, await context.Items.CountAsync());
    }

    [Fact]
    public async Task Many_writers_on_one_sqlite_file_wait_for_each_other()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var services = Services(database.Target);
        var contexts = services.GetRequiredService<IDbContextFactory<ChatDbContext>>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await using var context = await contexts.CreateDbContextAsync();
                await using var transaction = await context.Database.BeginTransactionAsync();
                // A read before the write: a deferred transaction would fail here with SQLITE_BUSY_SNAPSHOT, whatever the timeout.
                var count = await context.Threads.CountAsync();
                context.Add(Rows.Thread($"thr_{writer}_{i}_{count}"));
                await context.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        })));

        await using var fresh = database.Open();
        Assert.Equal(400, await fresh.Threads.CountAsync());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Readiness_names_the_command_until_the_schema_is_there(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateAsync(kind);
        await using var services = Services(database.Target);
        var health = services.GetRequiredService<HealthCheckService>();

        var before = (await health.CheckHealthAsync()).Entries["database"];
        await SchemaMigrator.MigrateAsync(database.Target);
        var after = (await health.CheckHealthAsync()).Entries["database"];

        Assert.Equal(HealthStatus.Unhealthy, before.Status);
        Assert.EndsWith("run `chatkit migrate`", before.Description);
        Assert.Equal(HealthStatus.Healthy, after.Status);
    }

    [Fact]
    public async Task Readiness_says_when_the_server_cannot_be_reached()
    {
        await using var services = Services(new DatabaseTarget(DatabaseKind.PostgreSql, "Host=127.0.0.1;Port=1;Database=x;Username=x;Password=secret"));

        var entry = (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["database"];

        Assert.Equal((HealthStatus.Unhealthy, "the database cannot be reached"), (entry.Status, entry.Description));
    }

    [Fact]
    public async Task A_database_in_memory_brings_its_schema_and_lives_as_long_as_its_host()
    {
        Assert.True(DatabaseTarget.TryParse("sqlite://", out var target, out _));
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddChatDatabase(target);
        using var host = builder.Build();
        await host.StartAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
            context.Add(Rows.Thread("thr_1"));
            await context.SaveChangesAsync();
        }

        await using var later = host.Services.CreateAsyncScope();
        Assert.Equal(1, await later.ServiceProvider.GetRequiredService<ChatDbContext>().Threads.CountAsync());
        await host.StopAsync();
    }

    private static ServiceProvider Services(DatabaseTarget target) =>
        new ServiceCollection().AddLogging().AddChatDatabase(target).BuildServiceProvider(validateScopes: true);
}
