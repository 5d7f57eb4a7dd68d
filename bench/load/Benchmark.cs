using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Measures;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load;

/// <summary>Takes the measures one after the other and shows what came of it. A missed bar is a result, not a failure.</summary>
internal static class Benchmark
{
    private static readonly IMeasure[] Measures =
    [
        new CallCost("plain", "plain", Calls.Plain, bar: 1.15),
        new CallCost("streamed", "streamed", Calls.Streamed, bar: 1.35),
        new CallCost("anthropic", "Anthropic-translated", Calls.Plain, bar: 1.8) { GatewayBody = Calls.Anthropic },
        new RoutingCost(),
        new EverythingOn(),
        new AddedLatency(),
        new FirstToken(),
        new StreamMemory(),
        new Allocations(),
        new StartUp(),
        new Soak(),
    ];

    /// <summary>What <c>--only</c> takes.</summary>
    public static string[] MeasureNames => [.. Measures.Select(measure => measure.Name)];

    public static async Task<int> RunAsync(BenchOptions options)
    {
        if (!OperatingSystem.IsLinux() || !Tool.Exists("wrk"))
        {
            await Console.Error.WriteLineAsync(OperatingSystem.IsLinux() ? Wrk.HowToInstall : "The benchmark reads /proc, so it runs on Linux only.");
            return 1;
        }

        using var lab = new Laboratory(options);
        try
        {
            await lab.StartUpstreamAsync();
            List<Row> rows = [];
            foreach (var measure in Measures.Where(measure => options.Wants(measure.Name)))
            {
                await Console.Error.WriteLineAsync($"measuring {measure.Name} …");
                rows.AddRange(await measure.RunAsync(lab));
            }

            Console.WriteLine(ResultTable.Format(rows));
            if (options.Save)
            {
                Console.WriteLine($"written to bench/results/{ResultFile.Write(rows, options, lab.Cores.ArePinned)}");
            }

            return 0;
        }
        catch (RunVoidException failure)
        {
            await Console.Error.WriteLineAsync($"\nVOID: {failure.Message}");
            return 1;
        }
    }
}
