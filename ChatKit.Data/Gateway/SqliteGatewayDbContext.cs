using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Gateway;

/// <summary>The same model on SQLite, with migrations of its own.</summary>
public sealed class SqliteGatewayDbContext(DbContextOptions<SqliteGatewayDbContext> options) : GatewayDbContext(options);
