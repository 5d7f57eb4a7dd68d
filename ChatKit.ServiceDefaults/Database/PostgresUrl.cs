using System.Data.Common;

namespace ChatKit.ServiceDefaults.Database;

/// <summary>
/// PostgreSQL's address, <c>postgresql://user:password@host:5432,[::1]:5433/name?sslmode=require</c>, as an Npgsql connection string.
/// Format: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
/// </summary>
internal static class PostgresUrl
{
    public static (DatabaseTarget? Target, string? Problem) Read(DatabaseUrl url)
    {
        var connection = new DbConnectionStringBuilder();
        var at = url.Authority.LastIndexOf('@');
        if (at >= 0)
            ReadCredentials(url.Authority[..at], connection);
        if (ReadHosts(url.Authority[(at + 1)..], connection) is { } badHost)
            return (null, badHost);
        if (url.Path.TrimStart('/') is { Length: > 0 } database)
            connection["Database"] = DatabaseUrl.Decode(database);
        foreach (var (name, value) in url.Parameters())
        {
            if (PostgresParameters.Apply(connection, name, value) is { } problem)
                return (null, problem);
        }

        if (!connection.ContainsKey("Host"))
            return (null, "names no host: write postgresql://user:password@host:5432/name");
        return connection.ContainsKey("Database")
            ? (new(DatabaseKind.PostgreSql, connection.ConnectionString), null)
            : (null, "names no database: write postgresql://user:password@host:5432/name");
    }

    private static void ReadCredentials(string text, DbConnectionStringBuilder connection)
    {
        var colon = text.IndexOf(':');
        connection["Username"] = DatabaseUrl.Decode(colon < 0 ? text : text[..colon]);
        if (colon >= 0)
            connection["Password"] = DatabaseUrl.Decode(text[(colon + 1)..]);
    }

    private static string? ReadHosts(string text, DbConnectionStringBuilder connection)
    {
        if (text.Length == 0)
            return null;
        var hosts = new List<string>();
        foreach (var entry in text.Split(','))
        {
            if (!TrySplitHost(entry, out var host, out var port))
                return "has a host or a port that cannot be read: write host:5432, or [::1]:5432 for IPv6";
            hosts.Add(port is null ? host : $"{host}:{port}");
            if (!text.Contains(',') && port is not null)
                (hosts[0], connection["Port"]) = (host, port);
        }

        connection["Host"] = hosts.Count == 1 ? hosts[0].Trim('[', ']') : string.Join(',', hosts);
        return null;
    }

    private static bool TrySplitHost(string entry, out string host, out int? port)
    {
        var colon = entry.LastIndexOf(':');
        var literal = entry.StartsWith('[');
        if (literal && colon < entry.IndexOf(']'))
            colon = -1;
        host = DatabaseUrl.Decode(colon < 0 ? entry : entry[..colon]);
        port = null;
        if (host.Length == 0 || (literal && !host.EndsWith(']')) || (!literal && host.Contains(':')))
            return false;
        if (colon < 0 || colon == entry.Length - 1)
            return true;
        if (!ushort.TryParse(entry[(colon + 1)..], out var number) || number == 0)
            return false;
        port = number;
        return true;
    }
}
