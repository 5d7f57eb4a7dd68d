using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ChatKit.Bench.Scale.Report;

/// <summary>The record that is committed: <c>bench/results/&lt;date&gt;-scale-&lt;mode&gt;.md</c>. It says what it was taken on, and nothing that would identify the host.</summary>
internal static class ScaleFile
{
    public static void Write(string mode, string body)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var processor = File.ReadLines("/proc/cpuinfo").First(static line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':', 2)[1].Trim();
        var path = Path.Combine(Folder, $"{date}-scale-{mode}.md");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(
            path,
            $"""
            # Scale: {mode}, {date}

            `dotnet run -c Release --project bench/scale -- {mode}` on {processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; load average at the end {Load()}.

            {body.Trim()}

            """);
        Console.WriteLine($"{body}\nwritten to bench/results/{Path.GetFileName(path)}");
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Folder => typeof(ScaleFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "ResultsFolder").Value!;
}
