using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ChatKit.Bench.Load.Lab;

/// <summary>
/// Asks a process how many bytes it has allocated so far. The runtime loads this assembly into it (<c>DOTNET_STARTUP_HOOKS</c>, see
/// <see cref="StartupHook"/>), since the number is exact there and costs the process nothing until it is asked for.
/// </summary>
internal static class AllocationProbe
{
    public const string SocketVariable = "CHATKIT_BENCH_ALLOCATIONS";

    /// <summary>Runs inside the measured process.</summary>
    public static void Serve(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        while (true)
        {
            using var connection = listener.Accept();
            connection.Send(Encoding.ASCII.GetBytes(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Runs inside the benchmark.</summary>
    public static long Ask(string path)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        connection.Connect(new UnixDomainSocketEndPoint(path));
        var buffer = new byte[32];
        return long.Parse(buffer.AsSpan(0, connection.Receive(buffer)), CultureInfo.InvariantCulture);
    }
}
