using System.Text;

namespace ChatKit.Bench.Load.Report;

/// <summary>The rows as a Markdown table with aligned columns, so that the console and the committed file show the same.</summary>
internal static class ResultTable
{
    private static readonly string[] Header = ["measure", "bare", "gateway", "nginx", "figure", "bar", ""];

    public static string Format(IReadOnlyList<Row> rows)
    {
        List<string[]> lines = [Header, .. rows.Select(Cells)];
        var widths = Enumerable.Range(0, Header.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        lines.Insert(1, [.. widths.Select((width, column) => column is 0 or 6 ? new string('-', Math.Max(width, 3)) : new string('-', width - 1) + ":")]);

        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append('|');
            for (var column = 0; column < line.Length; column++)
            {
                var cell = column is 0 or 6 ? line[column].PadRight(widths[column]) : line[column].PadLeft(widths[column]);
                text.Append(' ').Append(cell).Append(" |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string[] Cells(Row row) =>
    [
        row.Measure, row.Bare ?? "", row.Gateway ?? "", row.Nginx ?? "", row.Figure ?? "", row.Bar ?? "",
        row.Passes switch { true => "pass", false => "missed", null => "" },
    ];
}
