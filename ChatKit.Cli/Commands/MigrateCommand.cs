using System.CommandLine;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Cli.Commands;

/// <summary><c>chatkit migrate</c>: brings the database to this build's schema, once, however many run it at the same time.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database of DATABASE_URL to this version's schema.");
        command.SetAction((_, cancellationToken) => Refusal.OrResultOf(() => RunAsync(cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!DatabaseTarget.TryResolve(CliConfiguration.Load(), out var target, out var problem))
            throw new StartupException(problem);
        if (target.InMemory)
            throw new StartupException($"{DatabaseTarget.Variable} names a database in memory, which ends with this command");
        var applied = await DatabaseMigration.RunAsync(target, DatabaseTarget.Variable, cancellationToken);
        await Console.Out.WriteLineAsync(applied.Count == 0
            ? $"{target.Kind}: up to date"
            : $"{target.Kind}: applied {string.Join(", ", applied)}");
        return 0;
    }
}
