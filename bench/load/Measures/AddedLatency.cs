using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>What one caller alone waits longer, on one connection, than behind the bare proxy.</summary>
internal sealed class AddedLatency : IMeasure
{
    public string Name => "latency";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        WrkRun Load(Target target, TimeSpan duration) => lab.Wrk.Run(target, Calls.Plain, 1, duration);
        var contest = await Contest<WrkRun>.RunAsync(lab, withNginx: true, target => Load(target, lab.Options.WarmUp), target => Load(target, lab.Options.RoundLength));
        return
        [
            contest.Judge("latency at 1 connection, p50", run => run.MedianMicroseconds, "{0:0} µs", (gateway, bare) => gateway - bare, 30, "{0:+0;-0;0} µs"),
            contest.Judge("latency at 1 connection, p99", run => run.P99Microseconds, "{0:0} µs", (gateway, bare) => gateway - bare, 300, "{0:+0;-0;0} µs"),
        ];
    }
}
