using System.Data;
using System.Data.Common;
using ChatKit.ServiceDefaults.Database;
using Microsoft.Data.Sqlite;

namespace ChatKit.Data.Sqlite;

/// <summary>The same SQLite connections as EF's, for a library that opens its own.</summary>
public sealed class SqliteDataSource(DatabaseTarget target) : DbDataSource
{
    public override string ConnectionString => target.ConnectionString;

    protected override DbConnection CreateDbConnection()
    {
        var connection = new SqliteConnection(target.ConnectionString);
        connection.StateChange += static (sender, change) =>
        {
            if (change.CurrentState == ConnectionState.Open)
                SqlitePragmas.Apply((DbConnection)sender);
        };
        return connection;
    }
}
