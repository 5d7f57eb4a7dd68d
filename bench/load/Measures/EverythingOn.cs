using System.Globalization;
using ChatKit.Bench.Load.Lab;
using ChatKit.Bench.Load.Report;

namespace ChatKit.Bench.Load.Measures;

/// <summary>
/// What accounting costs: the gateway with a virtual key, a budget, limits, two deployments, spend into SQLite and metrics, and bare, in turn. Cheap because it counted
/// nothing would be no result, so what it counted is compared with what it was asked.
/// </summary>
internal sealed class EverythingOn : IMeasure
{
    private const double Bar = 1.30;

    public string Name => "everything";

    public async Task<IReadOnlyList<Row>> RunAsync(Laboratory lab)
    {
        var (bare, gateway) = (await lab.StartBareAsync(), await lab.StartFullGatewayAsync());
        Load(lab, bare, Calls.Plain, lab.Options.WarmUp);
        var asked = Load(lab, gateway, Calls.Priced, lab.Options.WarmUp).Requests;
        var rounds = new List<(Sample Bare, Sample Gateway)>();
        for (var number = 0; number < lab.Options.Rounds; number++)
        {
            var round = (Measure(lab, bare, Calls.Plain), Measure(lab, gateway, Calls.Priced));
            asked += round.Item2.Requests;
            rounds.Add(round);
        }

        await VerifyAsync(gateway, asked);
        lab.Stop(bare);
        lab.Stop(gateway);
        var figure = rounds.Select(round => round.Gateway.Cpu / round.Bare.Cpu).Median();
        return
        [
            new Row(
                "CPU per plain call, everything on",
                Row.Format(rounds.Select(round => round.Bare.Cpu).Median(), "{0:0.0} µs"),
                Row.Format(rounds.Select(round => round.Gateway.Cpu).Median(), "{0:0.0} µs"),
                null,
                Row.Format(figure, "{0:0.00} × bare"),
                Row.Format(Bar, "≤ {0:0.00} × bare"),
                figure <= Bar),
            new Row(
                "calls per second, everything on",
                Row.Format(rounds.Select(round => round.Bare.PerSecond).Median(), "{0:0}"),
                Row.Format(rounds.Select(round => round.Gateway.PerSecond).Median(), "{0:0}")),
        ];
    }

    private static WrkRun Load(Laboratory lab, Target target, string body, TimeSpan duration) => lab.Wrk.Run(target, body, BenchOptions.Connections, duration);

    private static Sample Measure(Laboratory lab, Target target, string body)
    {
        var before = target.CpuTime;
        var run = Load(lab, target, body, lab.Options.RoundLength);
        return new Sample((target.CpuTime - before).TotalMicroseconds / run.Requests, run.PerSecond, run.Requests);
    }

    /// <summary>Calls that were under way when wrk stopped were counted too: at most one for each connection and run.</summary>
    private static async Task VerifyAsync(Target gateway, long asked)
    {
        var counted = (await Answers.MetricsAsync(gateway)).Split('\n')
            .Where(static line => line.StartsWith("litellm_proxy_total_requests_metric_total{", StringComparison.Ordinal) && line.Contains("bench-priced", StringComparison.Ordinal))
            .Sum(static line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
        if (counted < asked) throw new RunVoidException($"The gateway answered {asked} calls and counted {counted}.");
    }

    private sealed record Sample(double Cpu, double PerSecond, long Requests);
}
