using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Gateway.Directory;

/// <summary>The tables of who there is besides keys, and of what was changed.</summary>
internal static class DirectoryTables
{
    public static void AddDirectory(this ModelBuilder model)
    {
        model.Entity<TeamRow>(team =>
        {
            team.ToTable("teams");
            team.HasKey(t => t.Id);
            team.Property(t => t.Id).HasMaxLength(256);
        });
        model.Entity<TeamMemberRow>(member =>
        {
            member.ToTable("team_members");
            member.HasKey(m => new { m.TeamId, m.UserId });
            member.Property(m => m.TeamId).HasMaxLength(256);
            member.Property(m => m.UserId).HasMaxLength(256);
            member.HasIndex(m => m.UserId);
        });
        model.Entity<UserRow>(user =>
        {
            // "users" are those of the chat.
            user.ToTable("internal_users");
            user.HasKey(u => u.Id);
            user.Property(u => u.Id).HasMaxLength(256);
            user.Property(u => u.Email).HasMaxLength(320);
            user.HasIndex(u => u.Email);
        });
        model.Entity<CustomerRow>(customer =>
        {
            customer.ToTable("customers");
            customer.HasKey(c => c.Id);
            customer.Property(c => c.Id).HasMaxLength(256);
        });
        model.Entity<BudgetRow>(budget =>
        {
            budget.ToTable("budgets");
            budget.HasKey(b => b.Id);
            budget.Property(b => b.Id).HasMaxLength(256);
        });
        model.Entity<TagRow>(tag =>
        {
            tag.ToTable("tags");
            tag.HasKey(t => t.Name);
            tag.Property(t => t.Name).HasMaxLength(256);
        });
        model.Entity<StoredModelRow>(stored =>
        {
            stored.ToTable("stored_models");
            stored.HasKey(m => m.Id);
            stored.Property(m => m.Id).HasMaxLength(256);
        });
        model.Entity<AuditRow>(change =>
        {
            change.ToTable("audit_log");
            change.HasKey(c => c.Id);
            change.Property(c => c.Id).HasMaxLength(64);
            change.HasIndex(c => c.At);
            change.HasIndex(c => new { c.Subject, c.SubjectId });
        });
    }
}
