using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ChatKit.Bench.Load.Report;

/// <summary>What the numbers were taken on; nothing that would identify the host.</summary>
internal sealed partial record Machine(string Processor, int Processors, string MemoryGigabytes, string Kernel, string Runtime)
{
    /// <summary>For a file's name.</summary>
    public string Slug => $"{NotLetters().Replace(Processor.ToLowerInvariant(), "-").Trim('-')}-{Processors}-cores";

    public static Machine Describe() => new(
        Value("/proc/cpuinfo", "model name"),
        File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)),
        $"{Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9)} GB",
        string.Join('.', Environment.OSVersion.Version.ToString().Split('.').Take(3)),
        RuntimeInformation.FrameworkDescription);

    private static string Value(string file, string key) =>
        File.ReadLines(file).First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(':', 2)[1].Trim();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotLetters();
}
