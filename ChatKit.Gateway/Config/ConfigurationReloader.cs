using System.Text;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Puts a changed configuration into use. It compares what the files hold, twice a second, instead of waiting for the system to tell: that costs
/// microseconds and sees every kind of change alike (an editor's rename, a swapped Kubernetes symlink, a bind mount without notifications).
/// A change counts once it has stood still for one interval, so that half-written files are never read. An invalid file changes nothing.
/// </summary>
internal sealed partial class ConfigurationReloader(
    ConfigurationLoader loader, LoadedConfiguration initial, SnapshotHolder holder, TimeProvider time, ILogger<ConfigurationReloader> logger) : BackgroundService
{
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(500);

    private IReadOnlyDictionary<string, string?> _settled = initial.Files;
    private IReadOnlyDictionary<string, string?>? _pending;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Tell(initial.Report.Warnings);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (loader.Path is null)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look();
    }

    /// <summary>One look at the files: nothing new, a change that may still be under way, or one that stood still since the last look.</summary>
    internal void Look()
    {
        var seen = _settled.Keys.ToDictionary(file => file, Read);
        if (Same(seen, _settled))
            _pending = null;
        else if (_pending is null || !Same(seen, _pending))
            _pending = seen;
        else
            Reload(seen);
    }

    private void Reload(Dictionary<string, string?> seen)
    {
        _pending = null;
        lock (loader.Turn) ReloadInTurn(seen);
    }

    private void ReloadInTurn(Dictionary<string, string?> seen)
    {
        var loaded = loader.Load(holder.Current);
        foreach (var (file, text) in loaded.Files)
            seen[file] = text;
        _settled = loaded.Snapshot is null ? seen : loaded.Files;
        if (loaded.Snapshot is null)
        {
            Log.KeptOld(logger, loader.Path!, Lines(loaded.Report.Problems));
            return;
        }

        holder.Swap(loaded.Snapshot);
        Log.Reloaded(logger, loader.Path!, loaded.Snapshot.ListedModels.Count);
        Tell(loaded.Report.Warnings);
    }

    private void Tell(IReadOnlyList<ConfigurationProblem> warnings)
    {
        if (warnings.Count > 0)
            Log.Warnings(logger, Lines(warnings));
    }

    private static bool Same(Dictionary<string, string?> a, IReadOnlyDictionary<string, string?> b) =>
        a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var text) && text == pair.Value);

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Lines(IReadOnlyList<ConfigurationProblem> findings) => string.Concat(findings.Select(finding => $"{Environment.NewLine}  {finding}"));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Path} changed and is in use now: {Models} models")]
        public static partial void Reloaded(ILogger logger, string path, int models);

        [LoggerMessage(LogLevel.Error, "{Path} changed and cannot be used; the configuration before it stays:{Problems}")]
        public static partial void KeptOld(ILogger logger, string path, string problems);

        [LoggerMessage(LogLevel.Warning, "About the configuration:{Warnings}")]
        public static partial void Warnings(ILogger logger, string warnings);
    }
}
