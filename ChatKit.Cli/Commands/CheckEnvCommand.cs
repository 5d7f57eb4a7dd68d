using System.CommandLine;
using ChatKit.Cli.Audit;

namespace ChatKit.Cli.Commands;

/// <summary><c>chatkit check-env</c>: judges <c>.env</c>, the environment and the gateway's configuration before anything starts.</summary>
internal static class CheckEnvCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var config = CommonOptions.Config();
        var envFile = new Option<string?>("--env-file") { Description = "Read this file in place of .env.", HelpName = "file" };
        var command = new Command("check-env", "Check the environment and the configuration; exit code 1 when the services cannot start.") { json, config, envFile };
        command.SetAction(arguments => Refusal.OrResultOf(() =>
        {
            var audit = ConfigurationAudit.Run(CliConfiguration.Load(arguments.GetValue(config), arguments.GetValue(envFile)));
            if (arguments.GetValue(json))
                AuditJson.Write(audit, Console.OpenStandardOutput());
            else
                AuditTable.Write(audit);
            return Task.FromResult(audit.CanStart ? 0 : 1);
        }));
        return command;
    }
}
