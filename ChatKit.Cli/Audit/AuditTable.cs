using ChatKit.Gateway.Config;
using ChatKit.ServiceDefaults.Contract;
using Spectre.Console;

namespace ChatKit.Cli.Audit;

/// <summary>The report for people: one line per variable, and a last line that says what it comes to.</summary>
internal static class AuditTable
{
    public static void Write(AuditReport report)
    {
        var console = Terminal.Output();
        var table = new Table().NoBorder().HideHeaders().AddColumns("status", "variable", "value", "advice");
        foreach (var finding in report.Findings)
        {
            table.AddRow(
                Status(finding),
                new Text(finding.Variable, finding.Blocks ? new Style(decoration: Decoration.Bold) : Style.Plain),
                new Text(finding.LastFour is { } tail ? $"…{tail}" : "", new Style(Color.Grey)),
                new Text(finding.Advice));
        }

        console.Write(table);
        Write(console, report.Problems, "✗ ", Color.Red);
        Write(console, report.Warnings, "! ", Color.Yellow);
        console.WriteLine();
        console.Write(Verdict(report));
        console.WriteLine();
        if (report is { CanStart: false, UpCanStart: true })
            console.WriteLine("`chatkit up` starts all the same: it brings an SQLite file and a gateway of its own.");
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<ConfigurationProblem> problems, string mark, Color color)
    {
        foreach (var problem in problems)
        {
            console.Write(new Text(mark, new Style(color)));
            console.WriteLine(problem.ToString());
        }
    }

    private static Text Status(Finding finding) => finding.Status switch
    {
        FindingStatus.Ok => new("✓ ok", new Style(Color.Green)),
        FindingStatus.Warning => new("! warning", new Style(Color.Yellow)),
        FindingStatus.Missing when !finding.Blocks => new("- missing", new Style(Color.Grey)),
        var status => new($"✗ {status.ToString().ToLowerInvariant()}", new Style(Color.Red)),
    };

    private static Text Verdict(AuditReport report)
    {
        var blocking = report.Findings.Where(finding => finding.Blocks).Select(finding => finding.Variable).ToList();
        if (report.Problems.Count > 0)
            blocking.Add("the configuration files");
        if (blocking.Count > 0)
            return new($"Cannot start: see {string.Join(", ", blocking)}.", new Style(Color.Red));
        var warnings = report.Findings.Count(finding => finding.Status == FindingStatus.Warning) + report.Warnings.Count;
        return warnings switch
        {
            0 => new("Ready to start.", new Style(Color.Green)),
            1 => new("Ready to start, with 1 warning.", new Style(Color.Green)),
            _ => new($"Ready to start, with {warnings} warnings.", new Style(Color.Green)),
        };
    }
}
