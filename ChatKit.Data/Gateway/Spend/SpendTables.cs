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
            spend.HasIndex(s => new { s.UserId, s.StartTime });
            spend.HasIndex(s => new { s.TeamId, s.StartTime });
            spend.HasIndex(s => new { s.EndUser, s.StartTime });
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
