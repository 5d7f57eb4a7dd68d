using ChatKit.Data.Gateway;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Data.Tests.Gateway;

/// <summary>The gateway's tables beside the chat's, in one database, with a history of their own.</summary>
public sealed class GatewayMigratorTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_committed_migrations_make_exactly_the_model(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var services = Services(database);
        await using var context = await services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync();

        Assert.False(context.Database.HasPendingModelChanges(), "the model changed: run ChatKit.Data/add-migration.sh Gateway");
        Assert.Empty(await GatewayMigrator.MigrateAsync(database.Target));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_response_is_kept_as_it_was(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var services = Services(database);
        var contexts = services.GetRequiredService<IDbContextFactory<GatewayDbContext>>();
        var row = new StoredResponseRow
        {
            Id = "resp_1",
            Owner = "master",
            PreviousId = null,
            RootId = "resp_1",
            DeploymentId = "d1",
            CreatedAt = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc),
            Input = """[{"text":"Grüße 😀"}]""",
            Body = """{"n": 1.50e0, "u":"\ud83d\ude00"}""",
        };
        await using (var context = await contexts.CreateDbContextAsync())
        {
            context.Responses.Add(row);
            await context.SaveChangesAsync();
        }

        await using var again = await contexts.CreateDbContextAsync();
        Assert.Equivalent(row, await again.Responses.SingleAsync());
    }

    private static ServiceProvider Services(TempDatabase database) => new ServiceCollection().AddLogging().AddGatewayDatabase(database.Target).BuildServiceProvider();
}
