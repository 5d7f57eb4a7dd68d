using ChatKit.Data.Sqlite;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data;

/// <summary>The one place that decides which engine a context speaks to.</summary>
internal static class DatabaseSelection
{
    /// <summary>Points a context at the target; its migrations are recorded in <paramref name="history"/>.</summary>
    public static DbContextOptionsBuilder UseDatabase(this DbContextOptionsBuilder options, DatabaseTarget target, string history) => target.Kind switch
    {
        DatabaseKind.Sqlite => options
            .UseSqlite(target.ConnectionString, sqlite => sqlite.MigrationsHistoryTable(history))
            .AddInterceptors(SqlitePragmas.Instance),
        DatabaseKind.PostgreSql => options.UseNpgsql(target.ConnectionString, postgres => postgres.MigrationsHistoryTable(history)),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target.Kind, "unknown database kind"),
    };
}
