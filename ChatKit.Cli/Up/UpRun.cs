using ChatKit.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;

namespace ChatKit.Cli.Up;

/// <summary><c>chatkit up</c> from the first check to the last stream: the straight way through it.</summary>
internal static class UpRun
{
    public static async Task<int> RunAsync(UpOptions options)
    {
        using var signal = new StopSignal();
        var plan = UpPlan.Make(CliConfiguration.Load(), options);
        await using var hosts = new HostSet();
        try
        {
            var running = await StartAsync(plan, hosts, signal.Token);
            UpTable.Write(plan, running);
        }
        catch (OperationCanceledException) when (signal.Token.IsCancellationRequested)
        {
            return 0;
        }

        if (await hosts.UntilStoppedAsync(signal.Token) is not { } crashed)
            return 0;
        throw new StartupException($"the {crashed} stopped unexpectedly; the log above says why");
    }

    private static async Task<Running> StartAsync(UpPlan plan, HostSet hosts, CancellationToken stop)
    {
        if (!plan.Database.InMemory)
            await DatabaseMigration.RunAsync(plan.Database, stop);

        var gateway = ServiceHosts.Gateway(plan.Gateway, plan.GatewaySettings);
        await hosts.StartAsync("gateway", gateway, stop);
        var gatewayUrl = ListenAddress.Reachable(gateway.Urls.Single());

        var settings = plan.Chat.For(gatewayUrl);
        var backend = ServiceHosts.Backend(plan.Backend, settings);
        await hosts.StartAsync("backend", backend, stop);
        await hosts.StartAsync("worker", ServiceHosts.Worker(settings), stop);

        var running = new Running(gatewayUrl, ListenAddress.Reachable(backend.Urls.Single()));
        await running.AnswersAsync(stop);
        return running;
    }
}
