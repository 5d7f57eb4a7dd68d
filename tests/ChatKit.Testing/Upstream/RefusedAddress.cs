using System.Net;
using System.Net.Sockets;

namespace ChatKit.Testing.Upstream;

/// <summary>An address where connections are refused, for as long as it is not disposed: the port is taken, and nobody listens on it.</summary>
public sealed class RefusedAddress : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RefusedAddress() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string ApiBase => $"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}/v1";

    public void Dispose() => _socket.Dispose();
}
