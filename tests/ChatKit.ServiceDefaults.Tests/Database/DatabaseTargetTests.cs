using ChatKit.ServiceDefaults.Database;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests.Database;

public sealed class DatabaseTargetTests
{
    [Theory]
    [InlineData("postgresql://ann:secret@db.example:5433/chat")]
    [InlineData("postgres://ann:secret@db.example:5433/chat")]
    [InlineData("postgresql+psycopg://ann:secret@db.example:5433/chat")]
    [InlineData("postgresql+asyncpg://ann:secret@db.example:5433/chat")]
    [InlineData("PostgreSQL://ann:secret@db.example:5433/chat")]
    [InlineData(" postgresql://ann:secret@db.example:5433/chat ")]
    [InlineData("postgresql:///chat?host=db.example&port=5433&user=ann&password=secret")]
    [InlineData("Host=db.example;Port=5433;Username=ann;Password=secret;Database=chat")]
    [InlineData("Server=db.example;Port=5433;User Id=ann;Password=secret;Database=chat")]
    public void Every_form_of_a_PostgreSQL_address_opens_the_same_database(string address)
    {
        var connection = Postgres(address);
        Assert.Equal(("db.example", 5433, "ann", "secret", "chat"),
            (connection.Host, connection.Port, connection.Username, connection.Password, connection.Database));
    }

    [Theory]
    [InlineData("postgresql://a%40b:p%40s%2Fs%3A%3Bw@h/d%20b", "a@b", "p@s/s:;w", "d b")]
    [InlineData("postgresql://ann:p@ss@h/db", "ann", "p@ss", "db")]
    [InlineData("postgresql://ann:p/s?s@h/db", "ann", "p/s?s", "db")]
    [InlineData("postgresql://ann:p+s#s@h/db", "ann", "p+s#s", "db")]
    [InlineData("postgresql://ann:%22quoted%22=;@h/db", "ann", "\"quoted\"=;", "db")]
    public void Credentials_are_decoded_and_survive_raw_characters(string address, string user, string password, string database)
    {
        var connection = Postgres(address);
        Assert.Equal((user, password, database, "h"), (connection.Username, connection.Password, connection.Database, connection.Host));
    }

    [Theory]
    [InlineData("postgresql://u@h/db", "h", 5432)]
    [InlineData("postgresql://u@[::1]/db", "::1", 5432)]
    [InlineData("postgresql://u@[2001:db8::1]:5433/db", "2001:db8::1", 5433)]
    [InlineData("postgresql://u@h1:5433,h2,[::1]:5434/db", "h1:5433,h2,[::1]:5434", 5432)]
    [InlineData("postgresql://u@/db?host=/var/run/postgresql", "/var/run/postgresql", 5432)]
    [InlineData("postgresql://u@%2Fvar%2Frun/db", "/var/run", 5432)]
    public void Hosts_may_be_names_IPv6_several_or_a_socket_folder(string address, string host, int port)
    {
        var connection = Postgres(address);
        Assert.Equal((host, port), (connection.Host, connection.Port));
    }

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    public void Sslmode_is_understood(string mode, SslMode expected) =>
        Assert.Equal(expected, Postgres($"postgresql://u@h/db?sslmode={mode}").SslMode);

    [Fact]
    public void Parameters_of_libpq_and_of_poolers_are_carried_over()
    {
        var connection = Postgres(
            "postgresql://u@h/db?connect_timeout=5&application_name=chat%20kit&connection_limit=7&schema=app&pgbouncer=true&sslrootcert=/ca.pem"
            + "&target_session_attrs=read-write");
        Assert.Equal((5, "chat kit", 7, "app", true, "/ca.pem", "read-write"),
            (connection.Timeout, connection.ApplicationName, connection.MaxPoolSize, connection.SearchPath, connection.NoResetOnClose,
                connection.RootCertificate, connection.TargetSessionAttributes));
    }

    [Theory]
    [InlineData("sqlite:///./data/chatkit.db", "./data/chatkit.db")]
    [InlineData("sqlite:///chat.db", "chat.db")]
    [InlineData("sqlite:////var/lib/chatkit.db", "/var/lib/chatkit.db")]
    [InlineData("sqlite+aiosqlite:///chat.db", "chat.db")]
    [InlineData("sqlite:///my%20data/a;b@c.db", "my data/a;b@c.db")]
    [InlineData("Data Source=chat.db", "chat.db")]
    [InlineData("Filename=chat.db;Cache=Shared", "chat.db")]
    public void An_SQLite_address_names_a_file(string address, string file)
    {
        var target = Parse(address);
        Assert.Equal((DatabaseKind.Sqlite, file, false), (target.Kind, target.FilePath, target.InMemory));
        Assert.Equal(file, new SqliteConnectionStringBuilder(target.ConnectionString).DataSource);
    }

    [Theory]
    [InlineData("sqlite://")]
    [InlineData("sqlite:///")]
    [InlineData("sqlite:///:memory:")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=shared;Mode=Memory;Cache=Shared")]
    public void An_SQLite_address_without_a_file_is_in_memory(string address)
    {
        var target = Parse(address);
        Assert.True(target.InMemory);
        Assert.Null(target.FilePath);
        Assert.Equal(Parse("sqlite://"), target);
    }

    [Fact]
    public void Two_connections_to_the_database_in_memory_see_the_same_data()
    {
        var target = Parse("sqlite://");
        using var first = new SqliteConnection(target.ConnectionString);
        using var second = new SqliteConnection(target.ConnectionString);
        first.Open();
        second.Open();
        using var write = first.CreateCommand();
        write.CommandText = "create table seen (n); insert into seen values (7)";
        write.ExecuteNonQuery();
        using var read = second.CreateCommand();
        read.CommandText = "select n from seen";
        Assert.Equal(7L, read.ExecuteScalar());
    }

    [Theory]
    [InlineData("hunter2", "has no scheme")]
    [InlineData("mysql://u:hunter2@h/db", "scheme 'mysql'")]
    [InlineData("postgresql://u:hunter2@h", "names no database")]
    [InlineData("postgresql://u:hunter2@/db", "names no host")]
    [InlineData("postgresql://u:hunter2@h:port/db", "port that cannot be read")]
    [InlineData("postgresql://u:hunter2@h:99999/db", "port that cannot be read")]
    [InlineData("postgresql://u:hunter2@::1/db", "[::1]:5432 for IPv6")]
    [InlineData("postgresql://u:hunter2@h1,,h2/db", "cannot be read")]
    [InlineData("postgresql://u:hunter2@h/db?sslmode=maybe", "sslmode that is none of")]
    [InlineData("postgresql://u:hunter2@h/db?colour=blue", "'colour', which is not known")]
    [InlineData("postgresql://u:hunter2@h/db?connect_timeout=soon", "connect_timeout that is not a number")]
    [InlineData("sqlite://hunter2.db", "third slash")]
    [InlineData("sqlite:///hunter2.db?mode=ro", "takes none")]
    [InlineData("Password=hunter2;Port=1", "without Host or Data Source")]
    [InlineData("Host=\"hunter2;=", "neither an address nor a connection string")]
    public void A_bad_address_is_refused_by_a_sentence_that_says_why_and_repeats_no_secret(string address, string because)
    {
        Assert.False(DatabaseTarget.TryParse(address, out var target, out var error));
        Assert.Null(target);
        Assert.StartsWith("DATABASE_URL ", error, StringComparison.Ordinal);
        Assert.Contains(because, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void DATABASE_URL_wins_over_the_injected_connection_string()
    {
        var injected = ("ConnectionStrings:chatkit", "Host=injected;Database=chatkit");
        Assert.True(DatabaseTarget.TryResolve(Settings.Of(injected), out var target, out _));
        Assert.Equal(DatabaseKind.PostgreSql, target.Kind);
        Assert.True(DatabaseTarget.TryResolve(Settings.Of(injected, (DatabaseTarget.Variable, "sqlite:///own.db")), out target, out _));
        Assert.Equal("own.db", target.FilePath);
    }

    [Fact]
    public void No_address_at_all_is_an_error_that_gives_examples()
    {
        Assert.False(DatabaseTarget.TryResolve(Settings.Of((DatabaseTarget.Variable, " ")), out _, out var error));
        Assert.Equal("DATABASE_URL is not set: write postgresql://user:password@host:5432/name or sqlite:///./data/chatkit.db", error);
    }

    [Fact]
    public void Printing_a_target_shows_no_password() =>
        Assert.DoesNotContain("hunter2", Parse("postgresql://u:hunter2@h/db").ToString(), StringComparison.Ordinal);

    private static DatabaseTarget Parse(string address)
    {
        Assert.True(DatabaseTarget.TryParse(address, out var target, out var error), error);
        return target;
    }

    private static NpgsqlConnectionStringBuilder Postgres(string address)
    {
        var target = Parse(address);
        Assert.Equal(DatabaseKind.PostgreSql, target.Kind);
        return new(target.ConnectionString);
    }
}
