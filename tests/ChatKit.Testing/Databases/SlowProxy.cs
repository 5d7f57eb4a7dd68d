using System.Net;
using System.Net.Sockets;

namespace ChatKit.Testing.Databases;

/// <summary>A TCP proxy in front of a server that answers late: what the server says is held back for <see cref="Delay"/>.</summary>
public sealed class SlowProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly (string Host, int Port) _server;
    private readonly Task _accepting;
    private int _connections;

    public SlowProxy(string host, int port)
    {
        _server = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public TimeSpan Delay { get; set; }

    /// <summary>Connections so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            Interlocked.Increment(ref _connections);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var accepted = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            await Task.WhenAny(CopyAsync(client, server, late: false), CopyAsync(server, client, late: true));
        }
        catch (Exception broken) when (broken is SocketException or IOException or OperationCanceledException)
        {
            // One end is gone, and with it the other.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool late)
    {
        var buffer = new byte[16 * 1024];
        while (await from.GetStream().ReadAsync(buffer, _stop.Token) is var count and > 0)
        {
            if (late && Delay > TimeSpan.Zero) await Task.Delay(Delay, TimeProvider.System, _stop.Token);
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
