using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Database;

/// <summary>
/// Where the data lives: which database, and the ADO.NET string that opens it. Made from every form in which people, other tools and
/// orchestrators write it:
/// <code>
/// postgresql://user:p%40ss@host:5432/chatkit?sslmode=require      postgres://…   postgresql+psycopg://…
/// sqlite:///relative/path.db    sqlite:////absolute/path.db       sqlite://      (in memory)
/// Host=…;Database=…             Data Source=chatkit.db            (ADO.NET, as Aspire injects it)
/// </code>
/// </summary>
public sealed record DatabaseTarget(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>The variable that names the database.</summary>
    public const string Variable = "DATABASE_URL";

    private const string InjectedName = "chatkit";

    private const string Example = "write postgresql://user:password@host:5432/name or sqlite:///./data/chatkit.db";

    /// <summary>The file of an SQLite database as its address writes it; null for PostgreSQL and in memory.</summary>
    public string? FilePath { get; init; }

    /// <summary>An SQLite database that ends with its process.</summary>
    public bool InMemory => Kind == DatabaseKind.Sqlite && FilePath is null;

    /// <summary>Reads <c>DATABASE_URL</c>, else the connection string <c>chatkit</c> that an orchestrator injects.</summary>
    public static bool TryResolve(IConfiguration configuration, [NotNullWhen(true)] out DatabaseTarget? target, [NotNullWhen(false)] out string? error)
    {
        (target, var problem) = Resolve(configuration);
        error = problem?.Message;
        return target is not null;
    }

    /// <summary>Whether any address is given, good or bad.</summary>
    public static bool IsConfigured(IConfiguration configuration) => Configured(configuration) is not null;

    /// <summary>Reads one address. The error names what is wrong and never repeats the address, which holds a password.</summary>
    public static bool TryParse(string address, [NotNullWhen(true)] out DatabaseTarget? target, [NotNullWhen(false)] out string? error)
    {
        (target, var problem) = Parse(address);
        error = problem?.Message;
        return target is not null;
    }

    /// <summary>Kind and nothing more: the connection string holds the password.</summary>
    public override string ToString() => Kind.ToString();

    internal static (DatabaseTarget? Target, VariableProblem? Problem) Resolve(IConfiguration configuration)
    {
        var address = Configured(configuration);
        return address is null ? (null, new(Variable, $"is not set: {Example}")) : Parse(address);
    }

    private static (DatabaseTarget? Target, VariableProblem? Problem) Parse(string address)
    {
        address = address.Trim();
        var (target, advice) = DatabaseUrl.TrySplit(address, out var url) ? FromUrl(url) : FromConnectionString(address);
        return target is not null ? (target, null) : (null, new(Variable, advice!));
    }

    private static (DatabaseTarget?, string?) FromUrl(DatabaseUrl url) => url.Scheme switch
    {
        "postgresql" or "postgres" => PostgresUrl.Read(url),
        "sqlite" => SqliteUrl.Read(url),
        _ => (null, $"has the scheme '{url.Scheme}', which is neither PostgreSQL nor SQLite: {Example}"),
    };

    private static (DatabaseTarget?, string?) FromConnectionString(string text)
    {
        if (!text.Contains('='))
            return (null, $"has no scheme: {Example}");
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            return (null, $"is neither an address nor a connection string that can be read: {Example}");
        }

        if (parts.ContainsKey("Host") || parts.ContainsKey("Server"))
            return (new(DatabaseKind.PostgreSql, text), null);
        var file = SqliteUrl.FileKeywords.Where(parts.ContainsKey).Select(key => (string)parts[key]).FirstOrDefault();
        if (file is null)
            return (null, $"is a connection string without Host or Data Source: {Example}");
        return (SqliteUrl.IsMemory(file, parts) ? SqliteUrl.InMemory : new(DatabaseKind.Sqlite, text) { FilePath = file }, null);
    }

    private static string? Configured(IConfiguration configuration) =>
        NullIfBlank(configuration[Variable]) ?? NullIfBlank(configuration.GetConnectionString(InjectedName));

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
