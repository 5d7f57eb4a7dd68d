namespace ChatKit.Gateway;

/// <summary>
/// Runs what waits for a socket on the thread that saw the socket become ready, where the platform would hand it to another one first: for a proxy, whose
/// calls are many and short, that hand-over is a good part of the cost (docs/performance.md). It asks that nothing on the way of a call blocks, which holds for the
/// gateway and not for every service that may share its process; so only a process that is the gateway alone does it.
/// </summary>
public static class InlineSockets
{
    // Read by the runtime once, when the first socket is made.
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before the process makes its first socket.</summary>
    public static WebApplicationBuilder UseInlineSockets(this WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) Environment.SetEnvironmentVariable(Variable, "1");
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
        return builder;
    }
}
