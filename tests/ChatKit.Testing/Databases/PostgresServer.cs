using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatKit.ServiceDefaults.Database;
using Npgsql;

namespace ChatKit.Testing.Databases;

/// <summary>
/// The PostgreSQL server of this test run: the one that <c>CHATKIT_TEST_POSTGRES</c> names, else a private one, started once on a free port
/// from the newest installed binaries, in a temporary folder, as a user without rights.
/// </summary>
public static class PostgresServer
{
    public const string Variable = "CHATKIT_TEST_POSTGRES";

    // The server lives as long as this process holds the script's standard input: it goes, and its folder with it, even after kill -9.
    private const string Script = """
        set -e
        bin=$1; port=$2
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync > /dev/null
        "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -h 127.0.0.1 -c fsync=off -c max_connections=200 &
        cat > /dev/null
        kill -INT $!
        wait $! || true
        """;

    private static readonly Lazy<Task<(string? Connection, string? Missing)>> Server = new(StartAsync);
    private static Process? _process;

    /// <summary>A connection string with rights to create databases; skips the calling test, or fails it, where there is no server.</summary>
    public static async Task<string> RequireAsync()
    {
        var (connection, missing) = await Server.Value;
        Requirement.Need("postgres", connection is not null, missing ?? "");
        return connection!;
    }

    private static async Task<(string?, string?)> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return DatabaseTarget.TryParse(given, out var target, out var error) ? (target.ConnectionString, null) : (null, $"{Variable}: {error}");
        if (NewestBinaries() is not { } binaries)
            return (null, $"set {Variable}, or install PostgreSQL under /usr/lib/postgresql");
        var port = FreePort();
        _process = Start(binaries, port);
        var output = new StringBuilder();
        _process.OutputDataReceived += (_, line) => Append(output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var connection = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        return await AnswersAsync(connection) ? (connection, null) : (null, $"a private server did not start: {output}");
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    private static string? NewestBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Select(folder => Path.Combine(folder, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), out var version) ? version : 0)
        : null;

    private static Process Start(string binaries, int port)
    {
        // PostgreSQL refuses to run as root.
        string[] unprivileged = Environment.IsPrivilegedProcess ? ["runuser", "-u", "nobody", "--"] : [];
        string[] command = [.. unprivileged, "sh", "-c", Script, "sh", binaries, $"{port}"];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static async Task<bool> AnswersAsync(string connection)
    {
        for (var i = 0; i < 600 && !_process!.HasExited; i++)
        {
            try
            {
                await using var probe = new NpgsqlConnection(connection + ";Pooling=false");
                await probe.OpenAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
