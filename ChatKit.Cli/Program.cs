using System.CommandLine;
using ChatKit.Cli.Commands;

namespace ChatKit.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args) => Root().Parse(args).InvokeAsync(new InvocationConfiguration
    {
        // The hosts handle the signals: they stop cleanly, and decide how long that may take.
        ProcessTerminationTimeout = null,
    });

    /// <summary>The whole command line, also for the tests that hold the documentation to it.</summary>
    internal static RootCommand Root() => new("Self-hosted chat over many model providers: LLM gateway, ChatKit back end and worker.")
    {
        UpCommand.Create(),
        GatewayCommand.Create(),
        CheckEnvCommand.Create(),
        SimulateCommand.Create(),
        MigrateCommand.Create(),
        UsersCommand.Create(),
    };
}
