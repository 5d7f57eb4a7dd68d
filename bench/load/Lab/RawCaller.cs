using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ChatKit.Bench.Load.Lab;

/// <summary>One connection that makes streamed calls with as little of its own in the way as possible.</summary>
internal sealed class RawCaller : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[16384];

    public RawCaller(Target target, string body)
    {
        _request = Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: {target.Address.Authority}\r\nAuthorization: Bearer {Calls.MasterKey}\r\n" +
            $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        _socket.Connect(target.Address.Host, target.Address.Port);
    }

    /// <summary>From sending the call to the first event; reads the answer to its end.</summary>
    public TimeSpan FirstEvent()
    {
        var started = Stopwatch.GetTimestamp();
        var filled = Begin();
        var waited = Stopwatch.GetElapsedTime(started);
        while (!_buffer.AsSpan(0, filled).EndsWith("\r\n0\r\n\r\n"u8))
        {
            filled += Receive(filled);
        }

        return waited;
    }

    /// <summary>Sends the call and returns once an event arrived; the stream stays open.</summary>
    public int Begin()
    {
        _socket.Send(_request);
        var filled = 0;
        while (_buffer.AsSpan(0, filled).IndexOf("data: "u8) < 0)
        {
            filled += Receive(filled);
        }

        return filled;
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(int filled) =>
        _socket.Receive(_buffer, filled, _buffer.Length - filled, SocketFlags.None) is > 0 and var received
            ? received
            : throw new RunVoidException($"A stream was cut:\n{Encoding.UTF8.GetString(_buffer, 0, filled)}");
}
