using ChatKit.Data.Conventions;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>The backend's and the worker's tables: threads, their items, and the outbox.</summary>
public abstract class ChatDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Each service's context has a migration history of its own in the shared database.</summary>
    internal const string MigrationsHistory = "chat_migrations";

    public DbSet<ThreadRow> Threads => Set<ThreadRow>();

    public DbSet<ItemRow> Items => Set<ItemRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Add(_ => new SnakeCaseConvention());
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ThreadRow>(thread =>
        {
            thread.ToTable("threads");
            thread.HasKey(t => t.Id);
            thread.Property(t => t.Id).HasMaxLength(64);
            thread.Property(t => t.UserId).HasMaxLength(256);
            thread.Property(t => t.Status).HasMaxLength(16);
            thread.HasIndex(t => new { t.UserId, t.CreatedAt, t.Id });
        });
        modelBuilder.Entity<ItemRow>(item =>
        {
            item.ToTable("items");
            item.HasKey(i => new { i.ThreadId, i.Id });
            item.Property(i => i.ThreadId).HasMaxLength(64);
            item.Property(i => i.Id).HasMaxLength(64);
            item.Property(i => i.Type).HasMaxLength(64);
            item.HasIndex(i => new { i.ThreadId, i.Sequence }).IsUnique();
            item.HasOne<ThreadRow>().WithMany().HasForeignKey(i => i.ThreadId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<OutboxRow>(job =>
        {
            job.ToTable("outbox");
            job.HasKey(j => j.Id);
            job.Property(j => j.Id).HasMaxLength(64);
            job.Property(j => j.Kind).HasMaxLength(64);
            job.Property(j => j.Key).HasMaxLength(256);
            job.HasIndex(j => new { j.Kind, j.Key }).IsUnique();
            job.HasIndex(j => new { j.EnqueuedAt, j.CreatedAt });
        });
    }
}
