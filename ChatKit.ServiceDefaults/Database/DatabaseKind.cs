namespace ChatKit.ServiceDefaults.Database;

/// <summary>The two databases that the product runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
