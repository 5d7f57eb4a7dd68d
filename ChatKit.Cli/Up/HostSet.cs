using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatKit.Cli.Up;

/// <summary>Hosts that live and end together in one process.</summary>
internal sealed class HostSet : IAsyncDisposable
{
    private readonly List<(string Name, IHost Host)> _hosts = [];

    /// <summary>Starts a host and takes it over; what fails to start is disposed with the others.</summary>
    public async Task StartAsync(string name, IHost host, CancellationToken cancellationToken)
    {
        lock (_hosts)
            _hosts.Add((name, host));
        await ServiceHost.StartAsync(host, cancellationToken);
    }

    /// <summary>Waits for the signal. A host that stops before it has crashed: its name is the answer, else null.</summary>
    public async Task<string?> UntilStoppedAsync(CancellationToken stop)
    {
        var ended = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var asked = stop.Register(() => ended.TrySetResult(null));
        var registrations = _hosts
            .Select(entry => Lifetime(entry.Host).ApplicationStopping.Register(() => ended.TrySetResult(entry.Name)))
            .ToList();
        try
        {
            return await ended.Task;
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    /// <summary>Stops all at once: each ends its own streams, and none waits for another.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(entry => StopAsync(entry.Host)));
        foreach (var (_, host) in _hosts)
            await DisposeAsync(host);
    }

    private static async Task StopAsync(IHost host)
    {
        try
        {
            await host.StopAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is OperationCanceledException or AggregateException)
        {
            // The host's own time limit ran out; disposing cuts what is left.
        }
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            host.Dispose();
    }

    private static IHostApplicationLifetime Lifetime(IHost host) => host.Services.GetRequiredService<IHostApplicationLifetime>();
}
