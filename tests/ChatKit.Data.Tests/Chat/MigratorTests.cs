using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Data.Tests.Chat;

public sealed class MigratorTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_committed_migrations_make_exactly_the_model(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateAsync(kind);
        await using var context = database.Open();

        Assert.False(context.Database.HasPendingModelChanges(), "the model changed: run ChatKit.Data/add-migration.sh");
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Of_four_migrators_at_once_one_works_and_the_others_find_it_done(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateAsync(kind);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SchemaMigrator.MigrateAsync(database.Target))));

        Assert.Single(applied, migrations => migrations.Count > 0);
        await using var context = database.Open();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.Empty(await context.Threads.ToListAsync());
    }

    [Fact]
    public async Task A_lock_row_that_a_killed_migrator_left_behind_holds_nobody_up()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using (var context = database.Open())
        {
            await context.Database.EnsureDeletedAsync();
        }

        await database.ExecuteAsync("""
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
            """);

        var applied = await SchemaMigrator.MigrateAsync(database.Target).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.NotEmpty(applied);
    }

    [SkippableFact]
    public async Task A_missing_postgres_database_is_created()
    {
        await using var database = await TempDatabase.CreateAsync(DatabaseKind.PostgreSql);
        await database.DisposeAsync();

        Assert.NotEmpty(await SchemaMigrator.MigrateAsync(database.Target));
    }

    [SkippableFact]
    public async Task A_missing_database_that_may_not_be_created_is_one_clear_sentence()
    {
        await using var database = await TempDatabase.CreateAsync(DatabaseKind.PostgreSql);
        await database.ExecuteAsync("DO $$ BEGIN CREATE ROLE chatkit_powerless LOGIN PASSWORD 'x'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        var target = database.Target with
        {
            ConnectionString = new Npgsql.NpgsqlConnectionStringBuilder(database.Target.ConnectionString)
            {
                Username = "chatkit_powerless",
                Password = "x",
                Database = "chatkit_absent",
            }.ConnectionString,
        };

        var refused = await Assert.ThrowsAsync<StartupException>(() => SchemaMigrator.MigrateAsync(target));

        Assert.Equal("the database 'chatkit_absent' does not exist, and user 'chatkit_powerless' may not create it", refused.Message);
    }
}
