using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Users;

/// <summary>The same model on PostgreSQL, with migrations of its own.</summary>
public sealed class PostgresUsersDbContext(DbContextOptions<PostgresUsersDbContext> options) : UsersDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Ids compare byte by byte, as on SQLite, whatever locale the server was set up with.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}
