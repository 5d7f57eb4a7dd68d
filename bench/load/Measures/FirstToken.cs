using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>How much later the first event of a stream reaches a caller than behind the bare proxy.</summary>
internal sealed class FirstToken : IMeasure
{
    private const int CallsPerRound = 500;

    public string Name => "first-token";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        var contest = await Contest<Sample>.RunAsync(
            lab, withNginx: true, target => lab.Wrk.Run(target, Calls.Streamed, BenchOptions.Connections, lab.Options.WarmUp), Measure);
        return [contest.Judge("time to first token", sample => sample.Median, "{0:0.000} ms", (gateway, bare) => gateway - bare, 0.3, "{0:+0.000;-0.000;0} ms")];
    }

    private static Sample Measure(Target target)
    {
        using var caller = new RawCaller(target, Calls.Streamed);
        return new(Enumerable.Range(0, CallsPerRound).Select(_ => caller.FirstEvent().TotalMilliseconds).Median());
    }

    private sealed record Sample(double Median);
}
