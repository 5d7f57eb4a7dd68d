using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Cli.Commands;

/// <summary>How a command ends that cannot do what it is asked: one sentence on standard error, exit code 1, no stack trace.</summary>
internal static class Refusal
{
    public static async Task<int> OrResultOf(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (StartupException refusal)
        {
            await Console.Error.WriteLineAsync($"error: {refusal.Message}");
            return 1;
        }
    }
}
