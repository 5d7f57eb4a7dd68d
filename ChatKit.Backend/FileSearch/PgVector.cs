using System.Data.Common;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.FileSearch;

/// <summary>Whether the database has pgvector. Asked once; where it is installed on the server but not in this database, it is tried to be added.</summary>
internal sealed partial class PgVector(ILogger<PgVector> logger)
{
    private bool? _isThere;

    public async Task<bool> IsThereAsync(ChatDbContext database, CancellationToken cancel)
    {
        if (_isThere is { } known)
            return known;
        var found = database.Database.IsNpgsql() && (await HasTypeAsync(database, cancel) || (await AddAsync(database, cancel) && await HasTypeAsync(database, cancel)));
        _isThere = found;
        if (database.Database.IsNpgsql())
            Log.Searched(logger, found ? "by pgvector" : "in this process");
        return found;
    }

    private static async Task<bool> HasTypeAsync(ChatDbContext database, CancellationToken cancel) =>
        await database.Database.SqlQuery<bool>($"""SELECT to_regtype('vector') IS NOT NULL AS "Value" """).SingleAsync(cancel);

    private static async Task<bool> AddAsync(ChatDbContext database, CancellationToken cancel)
    {
        try
        {
            if (!await database.Database.SqlQuery<bool>($"""SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS "Value" """).SingleAsync(cancel))
                return false;
            await database.Database.ExecuteSqlAsync($"CREATE EXTENSION IF NOT EXISTS vector", cancel);
            return true;
        }
        catch (DbException)
        {
            // Not ours to add: an administrator may.
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Files are searched {Where}")]
        public static partial void Searched(ILogger logger, string where);
    }
}
