using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>The tables of turns that can be followed.</summary>
internal static class StreamTables
{
    public static void AddStreams(this ModelBuilder model)
    {
        model.Entity<TurnStreamRow>(stream =>
        {
            stream.ToTable("turn_streams");
            stream.HasKey(s => s.Id);
            stream.Property(s => s.Id).HasMaxLength(64);
            stream.Property(s => s.ThreadId).HasMaxLength(64);
            stream.Property(s => s.UserId).HasMaxLength(256);
            stream.HasIndex(s => new { s.ThreadId, s.StartedAt });
            stream.HasIndex(s => s.StartedAt);
            stream.HasOne<ThreadRow>().WithMany().HasForeignKey(s => s.ThreadId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<TurnStreamChunkRow>(chunk =>
        {
            chunk.ToTable("turn_stream_chunks");
            chunk.HasKey(c => new { c.StreamId, c.First });
            chunk.Property(c => c.StreamId).HasMaxLength(64);
            chunk.HasOne<TurnStreamRow>().WithMany().HasForeignKey(c => c.StreamId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
