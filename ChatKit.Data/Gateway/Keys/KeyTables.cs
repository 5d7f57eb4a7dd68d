using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Gateway.Keys;

/// <summary>The table of virtual keys.</summary>
internal static class KeyTables
{
    public static void AddKeys(this ModelBuilder model) => model.Entity<VirtualKeyRow>(key =>
    {
        key.ToTable("virtual_keys");
        key.HasKey(k => k.Token);
        // The row of a key that was exchanged is there for whoever looks keys up, and for nobody else.
        key.HasQueryFilter(k => k.Successor == null);
        key.Property(k => k.Token).HasMaxLength(64);
        key.Property(k => k.Alias).HasMaxLength(256);
        key.Property(k => k.UserId).HasMaxLength(256);
        key.Property(k => k.TeamId).HasMaxLength(256);
        key.Property(k => k.Successor).HasMaxLength(64);
        key.HasIndex(k => k.Alias).IsUnique();
        key.HasIndex(k => k.UserId);
        key.HasIndex(k => k.TeamId);
        key.HasIndex(k => k.CreatedAt);
    });
}
