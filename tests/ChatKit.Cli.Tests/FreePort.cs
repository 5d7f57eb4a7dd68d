using System.Net;
using System.Net.Sockets;

namespace ChatKit.Cli.Tests;

/// <summary>A port that is free now; the process under test takes it a moment later.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
