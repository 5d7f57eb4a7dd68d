using ChatKit.Data.Conventions;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>The same model on SQLite, with migrations of its own.</summary>
public sealed class SqliteChatDbContext(DbContextOptions<SqliteChatDbContext> options) : ChatDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // PostgreSQL has arrays of numbers; here a vector is its bytes.
        modelBuilder.Entity<FileChunkRow>().Property(chunk => chunk.Embedding).HasConversion(new VectorConverter(), VectorConverter.Comparer);
    }
}
