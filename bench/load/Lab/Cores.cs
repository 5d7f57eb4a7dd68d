using System.Diagnostics;
using System.Globalization;

namespace ChatKit.Bench.Load.Lab;

/// <summary>
/// Who runs where. The process under test has a core for itself; the load, the mock upstream and the benchmark share another one, so that they
/// cannot take time from what is measured.
/// </summary>
internal sealed record Cores(int? UnderTest, int? Load)
{
    public static Cores Choose() =>
        OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 && Tool.Exists("taskset") ? new(1, 0) : new(null, null);

    public bool ArePinned => UnderTest is not null;

    /// <summary>A command, begun on <paramref name="core"/> so that even its first thread is there.</summary>
    public static ProcessStartInfo Pin(int? core, string command, IEnumerable<string> arguments)
    {
        IEnumerable<string> all = core is { } number
            ? ["taskset", "-c", number.ToString(CultureInfo.InvariantCulture), command, .. arguments]
            : [command, .. arguments];
        return new ProcessStartInfo(all.First(), all.Skip(1));
    }

    /// <summary>Moves this process, with the threads that it already has, to the load's core.</summary>
    public void MoveThisProcess()
    {
        if (Load is { } core)
        {
            Tool.Run("taskset", ["-a", "-p", "-c", $"{core}", $"{Environment.ProcessId}"]);
        }
    }
}
