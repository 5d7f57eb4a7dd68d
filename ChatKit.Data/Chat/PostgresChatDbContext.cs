using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>The same model on PostgreSQL, with migrations of its own.</summary>
public sealed class PostgresChatDbContext(DbContextOptions<PostgresChatDbContext> options) : ChatDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Ids and cursors compare byte by byte, as on SQLite, whatever locale the server was set up with.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}
