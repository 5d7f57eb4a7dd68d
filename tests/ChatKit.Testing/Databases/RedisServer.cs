using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatKit.Testing.Databases;

/// <summary>
/// A Redis for one test: a private server on a free port, from the installed binary, that a test may kill and start again, and that goes with the test. Where only
/// a server elsewhere is at hand, <c>CHATKIT_TEST_REDIS</c> (<c>host:port</c>) names it for the tests that kill nobody.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    public const string Variable = "CHATKIT_TEST_REDIS";

    private Process? _process;

    private RedisServer(string host, int port) => (Host, Port) = (host, port);

    public string Host { get; }

    public int Port { get; }

    /// <summary>A server to use; skips the calling test, or fails it, where there is none.</summary>
    public static async Task<RedisServer> RequireAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } given) return await RequireOwnAsync();
        var parts = given.Split(':');
        var server = new RedisServer(parts[0], parts.Length == 2 && int.TryParse(parts[1], out var port) ? port : 6379);
        Requirement.Need("redis", await server.AnswersAsync(tries: 20), $"{Variable}={given} does not answer");
        return server;
    }

    /// <summary>A server that the test may kill; skips the calling test, or fails it, where redis-server is not installed.</summary>
    public static async Task<RedisServer> RequireOwnAsync()
    {
        var server = new RedisServer("127.0.0.1", FreePort());
        Requirement.Need("redis", await server.TryStartAsync(), "redis-server is not installed, or does not start");
        return server;
    }

    /// <summary>Starts it on its port, empty.</summary>
    public async Task StartAsync()
    {
        if (!await TryStartAsync()) throw new InvalidOperationException("redis-server did not start again.");
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (_process is null) throw new InvalidOperationException("The server belongs to somebody else.");
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
    }

    private async Task<bool> TryStartAsync()
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", Path.GetTempPath()])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }

        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return await AnswersAsync(tries: 600);
    }

    private async Task<bool> AnswersAsync(int tries)
    {
        for (var i = 0; i < tries && _process is not { HasExited: true }; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Host, Port);
                await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
                if (await client.GetStream().ReadAsync(new byte[16]) > 0) return true;
            }
            catch (Exception notYet) when (notYet is SocketException or IOException)
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
