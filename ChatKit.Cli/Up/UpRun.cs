using ChatKit.Gateway;
using ChatKit.ServiceDefaults.Database;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli.Up;

/// <summary><c>chatkit up</c>: starts everything in the order in which one needs the other, then says where it is.</summary>
internal static class UpRun
{
    public static Task<int> RunAsync(IConfiguration environment, UpOptions options)
    {
        var plan = UpPlan.Make(environment, options);
        return HostRun.RunAsync(async (hosts, stop) =>
        {
            var running = await StartAsync(plan, hosts, stop);
            UpTable.Write(plan, running, GatewayConfigurationAudit.Of(environment));
        });
    }

    private static async Task<Running> StartAsync(UpPlan plan, HostSet hosts, CancellationToken stop)
    {
        if (!plan.Database.InMemory)
            await DatabaseMigration.RunAsync(plan.Database, plan.OwnDatabaseFile is null ? DatabaseTarget.Variable : "--data", stop);

        var gateway = ServiceHosts.Gateway(plan.Gateway, plan.GatewaySettings);
        await hosts.StartAsync("gateway", gateway, stop);
        var gatewayUrl = ListenAddress.Reachable(gateway.Urls.Single());

        var key = gateway.MasterKey();
        var settings = plan.Chat.For(gatewayUrl, key);
        var backend = ServiceHosts.Backend(plan.Backend, settings);
        await hosts.StartAsync("backend", backend, stop);
        await hosts.StartAsync("worker", ServiceHosts.Worker(settings), stop);

        var running = new Running(gatewayUrl, ListenAddress.Reachable(backend.Urls.Single()), AsksForKey: key is not null);
        await running.AnswersAsync(stop);
        return running;
    }
}
