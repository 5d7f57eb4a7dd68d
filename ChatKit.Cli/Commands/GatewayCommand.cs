using System.CommandLine;
using ChatKit.Cli.Up;

namespace ChatKit.Cli.Commands;

/// <summary><c>chatkit gateway</c>: the proxy alone, started as people start <c>litellm</c>.</summary>
internal static class GatewayCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var port = CommonOptions.Port();
        var host = CommonOptions.Host();
        var debug = new Option<bool>("--debug", "--detailed_debug") { Description = "Log what happens to each call." };
        var command = new Command("gateway", "Start the LLM gateway alone.") { config, port, host, debug };
        command.SetAction(arguments => Refusal.OrResultOf(() => RunAsync(
            arguments.GetValue(config), arguments.GetValue(port), arguments.GetValue(host)!, arguments.GetValue(debug))));
        return command;
    }

    private static Task<int> RunAsync(string? config, int? port, string host, bool debug)
    {
        var environment = CliConfiguration.Load(config);
        var address = ListenAddress.Parse(host, port ?? ListenAddress.GatewayPortOf(environment));
        var settings = new Dictionary<string, string?>(CliConfiguration.Overrides(config));
        if (debug)
            settings["LITELLM_LOG"] = "DEBUG";
        return HostRun.RunAsync(async (hosts, stop) =>
        {
            var gateway = ServiceHosts.GatewayAlone(address, settings);
            await hosts.StartAsync("gateway", gateway, stop);
            await Console.Out.WriteLineAsync($"Gateway: {gateway.Urls.Single()}/v1   Ctrl-C stops it.");
        });
    }
}
