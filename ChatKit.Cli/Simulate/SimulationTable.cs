using System.Globalization;
using ChatKit.Gateway.Simulation;
using Spectre.Console;

namespace ChatKit.Cli.Simulate;

/// <summary>The outcome for people: a line per group, each figure as it was and as it would be, and below it what the figures rest on.</summary>
internal static class SimulationTable
{
    public static void Write(SimulationReport report)
    {
        var console = Terminal.Output();
        var table = new Table().Border(TableBorder.Simple).AddColumn("group");
        foreach (var heading in (string[])["calls", "cost $", "failed", "fallbacks", "over limit", "p50 s", "p95 s"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var group in report.Groups)
            table.AddRow(Row(group));
        if (report.Groups.Count > 1)
            table.AddRow(Row(report.Total));
        console.Write(table);
        foreach (var note in Notes(report.Total))
            console.WriteLine(note);
        foreach (var problem in report.Problems)
            console.WriteLine($"! {problem}");
    }

    private static Text[] Row(GroupOutcome outcome)
    {
        var (before, after) = (outcome.Logged, outcome.Simulated);
        return
        [
            new Text(outcome.Group),
            new Text(before.Calls.ToString(CultureInfo.InvariantCulture)),
            Change((double)before.Cost, (double)after.Cost, "0.####"),
            Change(before.Failed, after.Failed, "0"),
            Change(before.Fallbacks, after.Fallbacks, "0"),
            Change(before.OverLimit, after.OverLimit, "0"),
            Change(before.MedianSeconds, after.MedianSeconds, "0.00"),
            Change(before.SlowSeconds, after.SlowSeconds, "0.00"),
        ];
    }

    /// <summary>What was and what would be; green where it is less, since less of each of these is better.</summary>
    private static Text Change(double? before, double? after, string format)
    {
        var (was, would) = (Shown(before, format), Shown(after, format));
        return was == would ? new Text(was) : new Text($"{was} → {would}", new Style(after < before ? Color.Green : Color.Red));
    }

    private static string Shown(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static IEnumerable<string> Notes(GroupOutcome total)
    {
        if (total.Unknown > 0)
            yield return $"{total.Unknown} calls of a model that the configuration does not have: they fail.";
        if (total.Unpriced > 0)
            yield return $"{total.Unpriced} calls without a known price: they count as free. Give input_cost_per_token and output_cost_per_token.";
        if (total.Assumed > 0)
            yield return $"{total.Assumed} calls went to a model of which the log knows nothing: they take the time that they took.";
    }
}
