using ChatKit.Data.Conventions;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>The backend's and the worker's tables: threads, their items, what belongs to these, and the outbox.</summary>
public abstract class ChatDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Each service's context has a migration history of its own in the shared database.</summary>
    internal const string MigrationsHistory = "chat_migrations";

    public DbSet<ThreadRow> Threads => Set<ThreadRow>();

    public DbSet<ItemRow> Items => Set<ItemRow>();

    public DbSet<FeedbackRow> Feedback => Set<FeedbackRow>();

    public DbSet<AttachmentRow> Attachments => Set<AttachmentRow>();

    public DbSet<AttachmentContentRow> AttachmentContents => Set<AttachmentContentRow>();

    public DbSet<FileChunkRow> FileChunks => Set<FileChunkRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<TurnStreamRow> TurnStreams => Set<TurnStreamRow>();

    public DbSet<TurnStreamChunkRow> TurnStreamChunks => Set<TurnStreamChunkRow>();

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
        modelBuilder.Entity<FeedbackRow>(feedback =>
        {
            feedback.ToTable("feedback");
            feedback.HasKey(f => new { f.ThreadId, f.ItemId });
            feedback.Property(f => f.ThreadId).HasMaxLength(64);
            feedback.Property(f => f.ItemId).HasMaxLength(64);
            feedback.Property(f => f.Kind).HasMaxLength(16);
            feedback.HasOne<ItemRow>().WithMany().HasForeignKey(f => new { f.ThreadId, f.ItemId }).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<AttachmentRow>(attachment =>
        {
            attachment.ToTable("attachments");
            attachment.HasKey(a => a.Id);
            attachment.Property(a => a.Id).HasMaxLength(64);
            attachment.Property(a => a.UserId).HasMaxLength(256);
            attachment.Property(a => a.ThreadId).HasMaxLength(64);
            attachment.Property(a => a.Name).HasMaxLength(255);
            attachment.Property(a => a.MimeType).HasMaxLength(255);
            attachment.HasIndex(a => a.ThreadId);
            attachment.HasIndex(a => a.CreatedAt);
            attachment.HasOne<ThreadRow>().WithMany().HasForeignKey(a => a.ThreadId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<AttachmentContentRow>(content =>
        {
            content.ToTable("attachment_contents");
            content.HasKey(c => c.AttachmentId);
            content.Property(c => c.AttachmentId).HasMaxLength(64);
            content.HasOne<AttachmentRow>().WithOne().HasForeignKey<AttachmentContentRow>(c => c.AttachmentId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<FileChunkRow>(chunk =>
        {
            chunk.ToTable("file_chunks");
            chunk.HasKey(c => new { c.AttachmentId, c.Ordinal });
            chunk.Property(c => c.AttachmentId).HasMaxLength(64);
            chunk.Property(c => c.Model).HasMaxLength(256);
            chunk.HasOne<AttachmentRow>().WithMany().HasForeignKey(c => c.AttachmentId).OnDelete(DeleteBehavior.Cascade);
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
        modelBuilder.AddStreams();
    }
}
