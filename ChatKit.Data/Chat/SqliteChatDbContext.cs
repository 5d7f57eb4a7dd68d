using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>The same model on SQLite, with migrations of its own.</summary>
public sealed class SqliteChatDbContext(DbContextOptions<SqliteChatDbContext> options) : ChatDbContext(options);
