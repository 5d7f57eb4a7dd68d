using ChatKit.Data.Chat;
using ChatKit.Data.Gateway;
using ChatKit.Data.Migrating;
using ChatKit.Data.Users;
using ChatKit.ServiceDefaults.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatKit.Testing.Databases;

/// <summary>
/// A database of one test: a SQLite file in a folder of its own, or a fresh database on <see cref="PostgresServer"/>. It is gone with the
/// test. A test that may get PostgreSQL is a SkippableFact or SkippableTheory.
/// </summary>
public sealed class TempDatabase : IAsyncDisposable
{
    private readonly Func<ValueTask> _drop;

    private TempDatabase(DatabaseTarget target, string url, Func<ValueTask> drop) => (Target, Url, _drop) = (target, url, drop);

    public DatabaseTarget Target { get; }

    /// <summary>The same as a value of <c>DATABASE_URL</c>, for a process that the test starts.</summary>
    public string Url { get; }

    /// <summary>An empty database: no table, and on SQLite no file yet.</summary>
    public static Task<TempDatabase> CreateAsync(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? Task.FromResult(Sqlite()) : PostgresAsync();

    /// <summary>A database with this build's schema.</summary>
    public static async Task<TempDatabase> CreateMigratedAsync(DatabaseKind kind)
    {
        var database = await CreateAsync(kind);
        await SchemaMigrator.MigrateAsync(database.Target);
        return database;
    }

    /// <summary>A context of its own; the caller disposes it.</summary>
    public ChatDbContext Open() => ChatDatabase.Open(Target);

    /// <summary>The gateway's tables; the caller disposes it.</summary>
    public GatewayDbContext OpenGateway() => GatewayDatabase.Open(Target);

    /// <summary>The users' part; the caller disposes it.</summary>
    public UsersDbContext OpenUsers() => UsersDatabase.Open(Target);

    /// <summary>Runs one command past every layer, as an administrator would.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var context = Open();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    public ValueTask DisposeAsync() => _drop();

    private static TempDatabase Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("chatkit-test-").FullName;
        var url = $"sqlite:///{Path.Combine(folder, "data", "chatkit.db")}";
        return new TempDatabase(Parse(url), url, () =>
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    private static async Task<TempDatabase> PostgresAsync()
    {
        var server = await PostgresServer.RequireAsync();
        var name = $"chatkit_test_{Guid.NewGuid():N}";
        await RunAsync(server, $"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        return new TempDatabase(Parse(connection), connection, async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    private static DatabaseTarget Parse(string address) =>
        DatabaseTarget.TryParse(address, out var target, out var error) ? target : throw new ArgumentException(error);

    private static async Task RunAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
