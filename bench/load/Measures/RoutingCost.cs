using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>
/// What routing costs: the same gateway asked for a model with two deployments and retries, and for one with a single deployment, in turn. Both are in one process, so that
/// neither has the better-compiled code; each round asks the two in the other order than the round before, so that none is always the second.
/// </summary>
internal sealed class RoutingCost : IMeasure
{
    private const double Bar = 1.03;

    public string Name => "routing";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        var gateway = await lab.StartGatewayAsync();
        lab.Wrk.Run(gateway, Calls.Plain, BenchOptions.Connections, lab.Options.WarmUp);
        lab.Wrk.Run(gateway, Calls.Routed, BenchOptions.Connections, lab.Options.WarmUp);
        var rounds = new List<(double One, double Two)>();
        // A few percent are less than one round's noise: twice as many as elsewhere.
        for (var number = 0; number < lab.Options.Rounds * 2; number++)
        {
            var first = Cpu(lab, gateway, number % 2 == 0 ? Calls.Plain : Calls.Routed);
            var second = Cpu(lab, gateway, number % 2 == 0 ? Calls.Routed : Calls.Plain);
            rounds.Add(number % 2 == 0 ? (first, second) : (second, first));
        }

        lab.Stop(gateway);
        var figure = rounds.Select(round => round.Two / round.One).Median();
        return
        [
            new Row("CPU per call, one deployment", null, Row.Format(rounds.Select(round => round.One).Median(), "{0:0.0} µs")),
            new Row(
                "CPU per call, two deployments and retries",
                null,
                Row.Format(rounds.Select(round => round.Two).Median(), "{0:0.0} µs"),
                null,
                Row.Format(figure, "{0:0.000} × one deployment"),
                Row.Format(Bar, "≤ {0:0.00} × one deployment"),
                figure <= Bar),
        ];
    }

    private static double Cpu(Laboratory lab, Target gateway, string body)
    {
        var before = gateway.CpuTime;
        var run = lab.Wrk.Run(gateway, body, BenchOptions.Connections, lab.Options.RoundLength);
        return (gateway.CpuTime - before).TotalMicroseconds / run.Requests;
    }
}
