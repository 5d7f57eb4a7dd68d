using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChatKit.Cli.Tests;

/// <summary>A program as people start it: a process of its own, in a folder of its own, with nothing of this machine's environment.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "DOTNET_CLI_HOME"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private CliProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    /// <summary>The command line.</summary>
    public static CliProcess Start(string folder, string[] arguments, params (string Name, string Value)[] environment) =>
        Start("chatkit", folder, arguments, environment);

    /// <summary>A service's own program.</summary>
    public static CliProcess StartService(string service, string folder, params (string Name, string Value)[] environment) =>
        Start(service, folder, [], environment);

    private static CliProcess Start(string program, string folder, string[] arguments, (string Name, string Value)[] environment, bool readsInput = false)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = readsInput,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a command that ends by itself.</summary>
    public static async Task<CliResult> RunAsync(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        await using var process = Start(folder, arguments, environment);
        return await process.ExitAsync();
    }

    /// <summary>Runs a command that reads what it is to do, and ends by itself.</summary>
    public static async Task<CliResult> RunAsync(string folder, string input, string[] arguments, params (string Name, string Value)[] environment)
    {
        await using var process = Start("chatkit", folder, arguments, environment, readsInput: true);
        await process._process.StandardInput.WriteLineAsync(input);
        process._process.StandardInput.Close();
        return await process.ExitAsync();
    }

    public async Task<CliResult> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the process did not end.\n{Output}\n{Errors}");
        }

        return new(_process.ExitCode, Output, Errors);
    }

    /// <summary>Waits for a line on standard output; an early exit fails at once, with what the process said.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            var exited = _process.HasExited;
            if (_output.FirstOrDefault(wanted) is { } line)
                return line;
            if (exited || since.Elapsed > Patience)
                throw new InvalidOperationException($"the process never said so.\n{Output}\n{Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Sends a POSIX signal by its short name.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}

/// <summary>How a command ended, and what it said.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Errors);
