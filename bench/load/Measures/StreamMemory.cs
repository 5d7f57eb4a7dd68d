using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>Resident memory that each of 2 000 slow streams, all open at once, costs over the same process when idle.</summary>
internal sealed class StreamMemory : IMeasure
{
    private const int Streams = 2000;

    public string Name => "memory";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        var bare = await PerStreamAsync(lab, await lab.StartBareAsync());
        var gateway = await PerStreamAsync(lab, await lab.StartGatewayAsync());
        return [Row.Judge($"memory per stream, {Streams} slow streams", Row.Format(bare, "{0:0.0} KB"), gateway, 24, "{0:0.0} KB")];
    }

    private static async Task<double> PerStreamAsync(Laboratory lab, Target target)
    {
        lab.Wrk.Run(target, Calls.Streamed, BenchOptions.Connections, lab.Options.RoundLength);
        await SettleAsync();
        var idle = target.ResidentBytes;

        var callers = new List<RawCaller>(Streams);
        try
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                var caller = new RawCaller(target, Calls.SlowStream);
                callers.Add(caller);
                caller.Begin();
            }

            await SettleAsync();
            return (target.ResidentBytes - idle) / 1024d / Streams;
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
            lab.Stop(target);
        }
    }

    private static Task SettleAsync() => Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
}
