using ChatKit.Bench.Scale.Chat;
using ChatKit.Bench.Scale.Keys;

namespace ChatKit.Bench.Scale;

/// <summary>
/// <c>dotnet run -c Release --project bench/scale -- keys [--count 1000000] [--database URL]</c>: what the gateway does with as much in its database as a large company
/// has. Each mode is a file of its own, and writes its record into bench/results.
/// </summary>
internal static class Program
{
    private static readonly IReadOnlyList<IScaleMode> Modes = [new KeysMode(), new TurnsMode(), new ThreadsMode()];

    private static async Task<int> Main(string[] args)
    {
        if (Modes.FirstOrDefault(mode => args is [var name, ..] && mode.Name == name) is not { } mode || ScaleOptions.Parse(args.AsSpan(1)) is not { } options)
        {
            await Console.Error.WriteLineAsync("usage: bench/scale -- <mode> [--count N] [--database URL]…\nmodes:\n" + string.Join('\n', Modes.Select(static mode => $"  {mode.Name}  {mode.What}")));
            return 2;
        }

        await mode.RunAsync(options);
        return 0;
    }
}
