using System.Diagnostics;

namespace ChatKit.Bench.Load.Lab;

/// <summary>Programs of this machine that the benchmark uses.</summary>
internal static class Tool
{
    public static bool Exists(string name) => Find(name) is not null;

    /// <summary>The program's path; daemons such as nginx live in folders that an ordinary PATH leaves out.</summary>
    public static string? Find(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs to the end and returns what was printed.</summary>
    public static string Run(string name, IEnumerable<string> arguments) => Run(new ProcessStartInfo(Find(name) ?? name, arguments));

    public static string Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new RunVoidException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed: {errors.Result}{output}");
    }
}
