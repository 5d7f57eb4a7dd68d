using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>
/// Processor time per call under load: user and system time of the process, from the kernel, over the calls that the load generator completed.
/// A busy neighbour makes calls slower but hardly dearer, so this is the figure of merit; throughput and latency stand beside it.
/// </summary>
internal sealed class CallCost(string name, string call, string body, double bar) : IMeasure
{
    public string Name => name;

    /// <summary>What the gateway is asked instead, where only it can translate the call.</summary>
    public string? GatewayBody { get; init; }

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        var contest = await Contest<Sample>.RunAsync(lab, withNginx: GatewayBody is null, target => Load(lab, target, lab.Options.WarmUp), target => Measure(lab, target));
        return
        [
            contest.Judge($"CPU per {call} call", sample => sample.Cpu, "{0:0.0} µs", (gateway, bare) => gateway / bare, bar, "{0:0.00} × bare"),
            contest.Show($"{call} calls per second", sample => sample.PerSecond, "{0:0}"),
            contest.Show($"{call} call, p50", sample => sample.Median, "{0:0.00} ms"),
            contest.Show($"{call} call, p99", sample => sample.P99, "{0:0.00} ms"),
        ];
    }

    private WrkRun Load(Laboratory lab, Target target, TimeSpan duration) =>
        lab.Wrk.Run(target, target.Name == "gateway" ? GatewayBody ?? body : body, BenchOptions.Connections, duration);

    private Sample Measure(Laboratory lab, Target target)
    {
        var before = target.CpuTime;
        var run = Load(lab, target, lab.Options.RoundLength);
        return new((target.CpuTime - before).TotalMicroseconds / run.Requests, run.PerSecond, run.MedianMicroseconds / 1000, run.P99Microseconds / 1000);
    }

    private sealed record Sample(double Cpu, double PerSecond, double Median, double P99);
}
