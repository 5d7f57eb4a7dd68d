using ChatKit.Data.Gateway;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Tests.Budgets;

/// <summary>A database that cannot be asked.</summary>
internal sealed class UnreachableDatabase : IDbContextFactory<GatewayDbContext>
{
    /// <summary>How often somebody tried.</summary>
    public int Tries { get; private set; }

    public GatewayDbContext CreateDbContext()
    {
        Tries++;
        throw new SqliteException("unable to open database file", 14);
    }
}
