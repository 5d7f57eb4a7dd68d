using ChatKit.Data.Users;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Data.Tests.Users;

/// <summary>Accounts, beside the chat's tables and with a migration history of their own.</summary>
public sealed class UsersDatabaseTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_committed_migrations_make_exactly_the_model(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var context = database.OpenUsers();

        Assert.False(context.Database.HasPendingModelChanges(), "the model changed: run ChatKit.Data/add-migration.sh Users");
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_lockout_can_be_compared_with_now(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        var until = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(5));
        await using var context = database.OpenUsers();
        context.Add(Account("a", until));
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();

        Assert.Equal(until, (await context.Users.SingleAsync()).LockoutEnd);
        Assert.Equal(1, await context.Users.CountAsync(account => account.LockoutEnd <= until));
        Assert.Equal(0, await context.Users.CountAsync(account => account.LockoutEnd > until));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Two_accounts_cannot_have_one_address(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var context = database.OpenUsers();
        context.AddRange(Account("a"), Account("b"));

        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
    }

    private static AccountRow Account(string id, DateTimeOffset? locked = null) => new()
    {
        Id = id,
        Email = "a@example.com",
        NormalizedEmail = "A@EXAMPLE.COM",
        UserName = id,
        NormalizedUserName = id,
        DisplayName = "A",
        IsAdministrator = false,
        LockoutEnd = locked,
        CreatedAt = new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Utc),
    };
}
