using System.Globalization;
using System.Reflection;

namespace ChatKit.Bench.Load.Report;

/// <summary>The record that is committed: <c>bench/results/&lt;date&gt;-&lt;machine&gt;.md</c>.</summary>
internal static class ResultFile
{
    public static string Write(IReadOnlyList<Row> rows, BenchOptions options, bool pinned)
    {
        var machine = Machine.Describe();
        var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, $"{date}-{machine.Slug}.md");
        File.WriteAllText(path,
            $"""
            # Load benchmark, {date}

            {machine.Processor}, {machine.Processors} cores, {machine.MemoryGigabytes}, Linux {machine.Kernel}, {machine.Runtime}.
            {options.Rounds} rounds of {options.RoundLength.TotalSeconds:0} s per target, interleaved, after {options.WarmUp.TotalSeconds:0} s of warm-up; medians; {BenchOptions.Connections} connections.
            {(pinned ? "The process under test had one core, load and mock upstream another." : "Nothing was pinned: one core only, or no taskset.")}

            {ResultTable.Format(rows)}
            What each measure is, and how it is taken: [docs/performance.md](../../docs/performance.md).

            """);
        return Path.GetFileName(path);
    }

    private static string Folder => typeof(ResultFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ResultsFolder").Value!;
}
