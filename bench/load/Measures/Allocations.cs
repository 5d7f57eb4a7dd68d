using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>Managed memory that a plain call allocates, Kestrel's and the HTTP client's part included; the gateway's own part is what it has over bare.</summary>
internal sealed class Allocations : IMeasure
{
    public string Name => "allocations";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        var bare = await PerCallAsync(lab, "bare", lab.StartBareAsync);
        var gateway = await PerCallAsync(lab, "gateway", lab.StartGatewayAsync);
        return
        [
            new Row("allocated per plain call", Row.Format(bare, "{0:0.00} KB"), Row.Format(gateway, "{0:0.00} KB"), null,
                Row.Format(gateway - bare, "{0:+0.00;-0.00;0} KB"), Row.Format(6, "≤ {0:+0.00} KB"), gateway - bare <= 6),
        ];
    }

    private static async Task<double> PerCallAsync(Laboratory lab, string name, Func<string, Task<Target>> startAsync)
    {
        var socket = lab.AllocationSocket(name);
        var target = await startAsync(socket);
        lab.Wrk.Run(target, Calls.Plain, BenchOptions.Connections, lab.Options.WarmUp);
        var before = AllocationProbe.Ask(socket);
        var run = lab.Wrk.Run(target, Calls.Plain, BenchOptions.Connections, lab.Options.RoundLength);
        var allocated = AllocationProbe.Ask(socket) - before;
        lab.Stop(target);
        return allocated / 1024d / run.Requests;
    }
}
