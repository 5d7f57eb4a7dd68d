using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Gateway;

/// <summary>The same model on PostgreSQL, with migrations of its own.</summary>
public sealed class PostgresGatewayDbContext(DbContextOptions<PostgresGatewayDbContext> options) : GatewayDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Ids compare byte by byte, as on SQLite, whatever locale the server was set up with.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}
