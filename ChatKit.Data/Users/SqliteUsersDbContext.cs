using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Users;

/// <summary>The same model on SQLite, with migrations of its own.</summary>
public sealed class SqliteUsersDbContext(DbContextOptions<SqliteUsersDbContext> options) : UsersDbContext(options);
