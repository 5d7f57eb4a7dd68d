using ChatKit.Data.Conventions;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Data.Gateway.Keys;
using ChatKit.Data.Gateway.Spend;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Gateway;

/// <summary>The gateway's tables.</summary>
public abstract class GatewayDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Each service's context has a migration history of its own in the shared database.</summary>
    internal const string MigrationsHistory = "gateway_migrations";

    public DbSet<StoredResponseRow> Responses => Set<StoredResponseRow>();

    public DbSet<VirtualKeyRow> Keys => Set<VirtualKeyRow>();

    public DbSet<TeamRow> Teams => Set<TeamRow>();

    public DbSet<TeamMemberRow> TeamMembers => Set<TeamMemberRow>();

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<CustomerRow> Customers => Set<CustomerRow>();

    public DbSet<BudgetRow> Budgets => Set<BudgetRow>();

    public DbSet<TagRow> Tags => Set<TagRow>();

    public DbSet<StoredModelRow> StoredModels => Set<StoredModelRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<SpendRow> SpendLogs => Set<SpendRow>();

    public DbSet<DailySpendRow> DailySpend => Set<DailySpendRow>();

    public DbSet<SpendBatchRow> SpendBatches => Set<SpendBatchRow>();

    public DbSet<AccountSpendRow> AccountSpend => Set<AccountSpendRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Add(_ => new SnakeCaseConvention());
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredResponseRow>(response =>
        {
            response.ToTable("responses");
            response.HasKey(r => r.Id);
            response.Property(r => r.Id).HasMaxLength(256);
            response.Property(r => r.Owner).HasMaxLength(256);
            response.Property(r => r.PreviousId).HasMaxLength(256);
            response.Property(r => r.RootId).HasMaxLength(256);
            response.Property(r => r.DeploymentId).HasMaxLength(256);
            response.HasIndex(r => r.RootId);
            response.HasIndex(r => r.CreatedAt);
        });
        modelBuilder.AddKeys();
        modelBuilder.AddDirectory();
        modelBuilder.AddSpend();
    }
}
