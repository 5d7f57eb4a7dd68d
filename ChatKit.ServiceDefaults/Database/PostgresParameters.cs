using System.Collections.Frozen;
using System.Data.Common;

namespace ChatKit.ServiceDefaults.Database;

/// <summary>What may follow the <c>?</c> of a PostgreSQL address: libpq's parameters, and those that Prisma and SQLAlchemy add.</summary>
internal static class PostgresParameters
{
    private static readonly FrozenDictionary<string, string> Keywords = new Dictionary<string, string>
    {
        ["host"] = "Host",
        ["hostaddr"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["application_name"] = "Application Name",
        ["client_encoding"] = "Client Encoding",
        ["connect_timeout"] = "Timeout",
        ["connection_limit"] = "Maximum Pool Size",
        ["options"] = "Options",
        ["schema"] = "Search Path",
        ["search_path"] = "Search Path",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["target_session_attrs"] = "Target Session Attributes",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> SslModes = new Dictionary<string, string>
    {
        ["disable"] = "Disable",
        ["false"] = "Disable",
        ["allow"] = "Allow",
        ["prefer"] = "Prefer",
        ["require"] = "Require",
        ["true"] = "Require",
        ["verify-ca"] = "VerifyCA",
        ["verify-full"] = "VerifyFull",
    }.ToFrozenDictionary();

    /// <summary>Translates one parameter; the answer is what is wrong with it, or null.</summary>
    public static string? Apply(DbConnectionStringBuilder connection, string name, string value)
    {
        switch (name)
        {
            case "sslmode" or "ssl":
                if (!SslModes.TryGetValue(value, out var mode))
                    return $"has an {name} that is none of {string.Join(", ", SslModes.Keys.Order())}";
                connection["SSL Mode"] = mode;
                return null;
            case "pgbouncer":
                // A transaction pooler hands the session to others between transactions: nothing may be reset or prepared on it.
                connection["No Reset On Close"] = value;
                return bool.TryParse(value, out _) ? null : "has a pgbouncer that is neither true nor false";
            case "connect_timeout" or "connection_limit" or "port" when !uint.TryParse(value, out _):
                return $"has a {name} that is not a number";
            default:
                if (!Keywords.TryGetValue(name, out var keyword))
                    return $"has the parameter '{name}', which is not known; known are sslmode, {string.Join(", ", Keywords.Keys.Order())}";
                connection[keyword] = value;
                return null;
        }
    }
}
