using System.Diagnostics;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;

namespace ChatKit.Worker.Tests;

/// <summary>The worker as people run it: a process of its own, as built, at its real rhythm. It can be killed.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process)
    {
        _process = process;
        Errors = process.StandardError.ReadToEndAsync();
        Output = process.StandardOutput.ReadToEndAsync();
    }

    public Task<string> Errors { get; }

    public Task<string> Output { get; }

    public static WorkerProcess Start(TempDatabase database, FakeUpstream gateway) => Start(TestWorker.Variables(database, gateway));

    /// <summary>Starts with these variables and the few without which no process runs.</summary>
    public static WorkerProcess Start(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatKit.Worker.dll")])
        {
            // A folder without a .env of the developer's.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var inherited = start.Environment.Where(v => v.Key is "PATH" or "HOME" or "DOTNET_ROOT" or "TMPDIR").ToList();
        start.Environment.Clear();
        foreach (var (name, value) in inherited.Concat(variables))
            start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>kill -9: nothing of the process gets to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
