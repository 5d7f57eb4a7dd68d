using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Gateway.Spend;

/// <summary>The tables of what was spent.</summary>
internal static class SpendTables
{
    public static void AddSpend(this ModelBuilder model)
    {
        model.Entity<SpendRow>(spend =>
        {
            spend.ToTable("spend_logs");
            spend.HasKey(s => s.RequestId);
            spend.Property(s => s.RequestId).HasMaxLength(256);
            spend.HasIndex(s => s.StartTime);
            spend.HasIndex(s => new { s.KeyHash, s.StartTime });
            // Most rows lack some of these, and an entry that nobody looks for costs as much to write as any.
            spend.HasIndex(s => new { s.UserId, s.StartTime }).HasFilter("user_id IS NOT NULL");
            spend.HasIndex(s => new { s.TeamId, s.StartTime }).HasFilter("team_id IS NOT NULL");
            spend.HasIndex(s => new { s.EndUser, s.StartTime }).HasFilter("end_user IS NOT NULL");
        });
        model.Entity<DailySpendRow>(daily =>
        {
            daily.ToTable("daily_spend");
            daily.HasKey(d => new { d.Kind, d.Id, d.Day, d.KeyHash, d.Model, d.ModelGroup, d.Provider });
            daily.Property(d => d.Kind).HasMaxLength(32);
            daily.Property(d => d.Id).HasMaxLength(256);
            daily.Property(d => d.KeyHash).HasMaxLength(64);
            daily.Property(d => d.Model).HasMaxLength(256);
            daily.Property(d => d.ModelGroup).HasMaxLength(256);
            daily.Property(d => d.Provider).HasMaxLength(64);
            daily.HasIndex(d => new { d.Kind, d.Day });
        });
        model.Entity<SpendBatchRow>(batch =>
        {
            batch.ToTable("spend_batches");
            batch.HasKey(b => b.Id);
            batch.Property(b => b.Id).HasMaxLength(64);
            batch.HasIndex(b => b.WrittenAt);
        });
        model.Entity<AccountSpendRow>(account =>
        {
            account.ToTable("account_spend");
            account.HasKey(a => new { a.Kind, a.Id, a.WindowStart });
            account.Property(a => a.Kind).HasMaxLength(32);
            account.Property(a => a.Id).HasMaxLength(600);
        });
    }
}
