using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>The backend's and the worker's tables: threads, their items, and the outbox.</summary>
public abstract class ChatDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<ThreadRow> Threads => Set<ThreadRow>();

    public DbSet<ItemRow> Items => Set<ItemRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ThreadRow>(thread =>
        {
            thread.ToTable("threads");
            thread.HasKey(t => t.Id);
            thread.HasIndex(t => new { t.UserId, t.CreatedAt, t.Id });
        });
        modelBuilder.Entity<ItemRow>(item =>
        {
            item.ToTable("items");
            item.HasKey(i => new { i.ThreadId, i.Id });
            item.HasIndex(i => new { i.ThreadId, i.Sequence }).IsUnique();
            item.HasOne<ThreadRow>().WithMany().HasForeignKey(i => i.ThreadId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<OutboxRow>(job =>
        {
            job.ToTable("outbox");
            job.HasKey(j => j.Id);
            job.HasIndex(j => new { j.Kind, j.Key }).IsUnique();
            job.HasIndex(j => j.EnqueuedAt);
        });
    }
}

/// <summary>The same model on SQLite, with migrations of its own.</summary>
public sealed class SqliteChatDbContext(DbContextOptions<SqliteChatDbContext> options) : ChatDbContext(options);

/// <summary>The same model on PostgreSQL, with migrations of its own.</summary>
public sealed class PostgresChatDbContext(DbContextOptions<PostgresChatDbContext> options) : ChatDbContext(options);
