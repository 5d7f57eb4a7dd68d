using System.CommandLine;
using ChatKit.Bench.Load.Roles;

namespace ChatKit.Bench.Load;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each measure", DefaultValueFactory = _ => 9 };
        var quick = new Option<bool>("--quick") { Description = "Three rounds of one second after a short warm-up, not saved: a look, not a result" };
        var only = new Option<string[]>("--only")
        {
            Description = $"Measures to take: {string.Join(", ", Benchmark.MeasureNames)}",
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong(Benchmark.MeasureNames);

        var command = new RootCommand("Measures the gateway against a bare Kestrel → HttpClient proxy, and nginx, on this machine.") { rounds, quick, only };
        command.SetAction(parsed => Benchmark.RunAsync(parsed.GetValue(quick)
            ? new BenchOptions(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8), parsed.GetValue(only) ?? [], Save: false)
            : new BenchOptions(parsed.GetValue(rounds), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), parsed.GetValue(only) ?? [], Save: parsed.GetValue(only) is not { Length: > 0 })));
        command.Subcommands.Add(Upstream());
        command.Subcommands.Add(Bare());
        return command.Parse(args).InvokeAsync();
    }

    /// <summary>The mock upstream's own process.</summary>
    private static Command Upstream()
    {
        var port = new Argument<int>("port");
        var command = new Command("upstream", "Plays the provider") { port };
        command.SetAction(parsed => new MockUpstream().RunAsync(parsed.GetValue(port)));
        command.Hidden = true;
        return command;
    }

    /// <summary>The bare proxy's own process.</summary>
    private static Command Bare()
    {
        var port = new Argument<int>("port");
        var upstream = new Argument<Uri>("upstream") { CustomParser = result => new Uri(result.Tokens[0].Value) };
        var command = new Command("bare", "Plays the bare proxy") { port, upstream };
        command.SetAction(parsed => BareProxy.RunAsync(parsed.GetValue(port), parsed.GetValue(upstream)!));
        command.Hidden = true;
        return command;
    }
}
