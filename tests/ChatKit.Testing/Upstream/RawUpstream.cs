using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// A server below HTTP: it reads one request per connection and sends back exactly the bytes that the test wrote. For what no well-behaved server does, or only
/// the connection shows. Without bytes it accepts connections and says nothing, not even a TLS handshake.
/// </summary>
public sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _answer;
    private readonly Task _accepting;

    private RawUpstream(string? answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string ApiBase => $"http://{_listener.LocalEndpoint}/v1";

    /// <summary>Answers every request with these bytes (Latin-1) and closes the connection.</summary>
    public static RawUpstream Answering(string answer) => new(answer);

    public static RawUpstream Silent() => new(null);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            var stream = connection.GetStream();
            if (_answer is null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                return;
            }

            await ReadRequestAsync(stream);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(_answer), _stop.Token);
            connection.Client.Shutdown(SocketShutdown.Send);
            // The other side closes first, so that no reset takes the answer with it.
            await stream.CopyToAsync(Stream.Null, _stop.Token);
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        var received = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!IsWhole(received.ToString()) && await stream.ReadAsync(buffer, _stop.Token) is var count and > 0)
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
    }

    private static bool IsWhole(string received)
    {
        const string Length = "Content-Length: ";
        var end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        var header = received.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        // A body without a declared length is not waited for.
        if (header < 0) return true;
        var start = header + Length.Length;
        return received.Length >= end + 4 + int.Parse(received[start..received.IndexOf('\r', start)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
