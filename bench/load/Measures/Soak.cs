using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>Resident memory after a million calls against after the first hundred thousand: a leak shows as growth.</summary>
internal sealed class Soak : IMeasure
{
    private const double Noise = 0.10;

    public string Name => "soak";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        var gateway = await lab.StartGatewayAsync();
        var early = AfterCalls(lab, gateway, 100_000);
        var late = AfterCalls(lab, gateway, 900_000);
        lab.Stop(gateway);
        return
        [
            new Row("resident after 1 M calls (after 100 k)", null, $"{Row.Format(late / 1e6, "{0:0} MB")} ({Row.Format(early / 1e6, "{0:0} MB")})", null,
                Row.Format((late / (double)early) - 1, "{0:+0%;-0%;0%}"), Row.Format(Noise, "≤ {0:+0%}"), late <= early * (1 + Noise)),
        ];
    }

    private static long AfterCalls(Laboratory lab, Target target, long calls)
    {
        while (calls > 0)
        {
            calls -= lab.Wrk.Run(target, Calls.Plain, BenchOptions.Connections, TimeSpan.FromSeconds(10)).Requests;
        }

        return target.ResidentBytes;
    }
}
