using Microsoft.Extensions.Hosting;

namespace ChatKit.Cli.Up;

/// <summary>A host that neither listens to signals nor announces itself: the command does both for all of them.</summary>
internal sealed class SupervisedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
