using System.CommandLine;
using ChatKit.Cli.Simulate;
using ChatKit.Gateway.Simulation;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Cli.Commands;

/// <summary><c>chatkit simulate</c>: what a configuration would have made of the calls of a spend log. Nobody is called.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config", "-c") { Description = "The candidate config.yaml.", HelpName = "file", Required = true };
        var log = new Option<string>("--log") { Description = "Past calls: rows of LiteLLM's spend log as JSON lines; - for standard input.", HelpName = "file", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the outcome as JSON." };
        var command = new Command("simulate", "Replay past calls through a configuration and compare cost, failures, limits and latency; calls no provider.") { config, log, json };
        command.SetAction(arguments => Refusal.OrResultOf(() =>
        {
            using var calls = Open(arguments.GetValue(log)!);
            var report = RoutingSimulation.Run(CliConfiguration.Load(arguments.GetValue(config)), calls);
            if (report.Total.Logged.Calls == 0)
                throw new StartupException($"{arguments.GetValue(log)} holds no call{(report.Problems.Count == 0 ? "" : $": {report.Problems[0]}")}");
            if (arguments.GetValue(json))
                SimulationJson.Write(report, Console.OpenStandardOutput());
            else
                SimulationTable.Write(report);
            return Task.FromResult(0);
        }));
        return command;
    }

    private static TextReader Open(string path)
    {
        if (path == "-")
            return Console.In;
        try
        {
            return File.OpenText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the log {path} cannot be read: {unreadable.Message}");
        }
    }
}
