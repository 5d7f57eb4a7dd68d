using System.Diagnostics;
using System.Globalization;

namespace ChatKit.Bench.Load.Lab;

/// <summary>A running process, and what the kernel says about it.</summary>
internal sealed class Target : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ, which Linux fixes for /proc

    private readonly Process _process;
    private readonly string _log;

    private Target(string name, Uri address, Process process, string log) => (Name, Address, _process, _log) = (name, address, process, log);

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>What callers present: the master key, unless the target gave out another.</summary>
    public string Key { get; set; } = Calls.MasterKey;

    /// <summary>User and system time of the process, all threads, since it began.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            var fields = Proc("stat");
            var afterName = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(afterName[11], CultureInfo.InvariantCulture) + long.Parse(afterName[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = Proc("status").Split('\n').First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>
    /// Starts a program that will listen at <paramref name="address"/>. Its environment is only what is given here: nobody's keys, proxies or tuning.
    /// </summary>
    public static Target Start(string name, int? core, Uri address, Workspace workspace, string command, IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = Cores.Pin(core, command, arguments);
        start.WorkingDirectory = workspace.Folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Workspace.KeepOnlyBasics(start.Environment);
        foreach (var (key, value) in environment ?? [])
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        var log = workspace.LogTo($"{name}-{process.Id}.log", process);
        return new Target(name, address, process, log);
    }

    /// <summary>Waits until <paramref name="probe"/> succeeds.</summary>
    public async Task WaitAsync(Func<Task<bool>> probe)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await probe())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new RunVoidException($"{Name} did not answer at {Address}. It said:\n{File.ReadAllText(_log)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private string Proc(string file) => File.ReadAllText($"/proc/{_process.Id}/{file}");
}
