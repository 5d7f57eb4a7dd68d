using System.CommandLine;
using ChatKit.Cli.Up;

namespace ChatKit.Cli.Commands;

/// <summary><c>chatkit up</c>: everything in one process.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var port = CommonOptions.Port();
        var backendPort = CommonOptions.PortOption("--backend-port", $"The port of the chat page (default {UpOptions.DefaultBackendPort}).");
        var host = CommonOptions.Host();
        var data = new Option<string?>("--data")
        {
            Description = $"The folder for an SQLite file (else DATABASE_URL; else {UpOptions.DefaultData}).",
            HelpName = "folder",
        };
        var command = new Command("up", "Start gateway, chat and worker together.") { config, port, backendPort, host, data };
        command.SetAction(arguments => Refusal.OrResultOf(() => UpRun.RunAsync(CliConfiguration.Load(arguments.GetValue(config)), new UpOptions
        {
            Config = arguments.GetValue(config),
            Port = arguments.GetValue(port),
            BackendPort = arguments.GetValue(backendPort) ?? UpOptions.DefaultBackendPort,
            Host = arguments.GetValue(host)!,
            Data = arguments.GetValue(data),
        })));
        return command;
    }
}
