using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Cli.Up;

/// <summary>Hosts from their start to the signal that ends them, or to the crash of one of them, which ends all.</summary>
internal static class HostRun
{
    /// <returns>0 after a signal.</returns>
    /// <exception cref="StartupException">Something kept the hosts from starting, or one crashed.</exception>
    public static async Task<int> RunAsync(Func<HostSet, CancellationToken, Task> start)
    {
        using var signal = new StopSignal();
        await using var hosts = new HostSet();
        try
        {
            await start(hosts, signal.Token);
        }
        catch (OperationCanceledException) when (signal.Token.IsCancellationRequested)
        {
            return 0;
        }

        return await hosts.UntilStoppedAsync(signal.Token) is { } crashed
            ? throw new StartupException($"the {crashed} stopped unexpectedly; its log says why")
            : 0;
    }
}
