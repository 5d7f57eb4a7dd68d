using System.Data.Common;

namespace ChatKit.ServiceDefaults.Database;

/// <summary>
/// SQLite's address in SQLAlchemy's form: three slashes before a relative path, four before an absolute one, no path in memory.
/// Format: https://docs.sqlalchemy.org/en/20/core/engines.html#sqlite
/// </summary>
internal static class SqliteUrl
{
    private const string MemoryPath = ":memory:";

    /// <summary>One named, shared database: every connection of this process sees the same data, however its address is written.</summary>
    public static DatabaseTarget InMemory { get; } = new(DatabaseKind.Sqlite, "Data Source=chatkit;Mode=Memory;Cache=Shared");

    /// <summary>How ADO.NET strings spell the file.</summary>
    public static readonly IReadOnlyList<string> FileKeywords = ["Data Source", "DataSource", "Filename"];

    public static (DatabaseTarget? Target, string? Problem) Read(DatabaseUrl url)
    {
        if (url.Authority.Length > 0)
            return (null, "names an SQLite file without its third slash: write sqlite:///relative/path.db or sqlite:////absolute/path.db");
        var path = DatabaseUrl.Decode(url.Path.Length > 0 ? url.Path[1..] : "");
        foreach (var (name, _) in url.Parameters())
            return (null, $"has the parameter '{name}'; an SQLite address takes none");
        var connection = new DbConnectionStringBuilder { ["Data Source"] = path };
        return (path is "" or MemoryPath ? InMemory : new(DatabaseKind.Sqlite, connection.ConnectionString) { FilePath = path }, null);
    }

    /// <summary>Whether an ADO.NET string opens a database that ends with its process.</summary>
    public static bool IsMemory(string file, DbConnectionStringBuilder parts) =>
        file.Length == 0 || file == MemoryPath
        || (parts.TryGetValue("Mode", out var mode) && string.Equals((string)mode, "Memory", StringComparison.OrdinalIgnoreCase));
}
