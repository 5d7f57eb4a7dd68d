using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Reads the gateway's configuration anew: the file that <c>CONFIG_FILE_PATH</c> names, or the environment alone.</summary>
internal sealed class ConfigurationLoader(IConfiguration configuration, IReadOnlyList<ProviderRow> rows)
{
    private (ConfigMap File, IncludingLoader Files)? _usable;

    /// <summary>The file as the user named it; null without one.</summary>
    public string? Path { get; } = string.IsNullOrWhiteSpace(configuration["CONFIG_FILE_PATH"]) ? null : configuration["CONFIG_FILE_PATH"]!.Trim();

    /// <summary>Held by whoever loads and puts into use what was loaded: of two at once, the later one must know what the earlier did.</summary>
    public Lock Turn { get; } = new();

    /// <summary>The models that are kept elsewhere than in the file.</summary>
    public IReadOnlyList<StoredModel> Stored { get; set; } = [];

    /// <param name="previous">The snapshot in use, whose deployments hand over their state where they did not change.</param>
    public LoadedConfiguration Load(GatewaySnapshot? previous = null)
    {
        var report = new ConfigReport();
        var files = new IncludingLoader(report);
        if (Path is null) return Loaded(Binder(previous, report).BindEnvironment(), report, files);
        var file = files.Load(Path);
        var loaded = Loaded(file is null ? null : Binder(previous, report).Bind(file, files), report, files);
        if (loaded.Snapshot is not null) _usable = (file!, files);
        return loaded;
    }

    /// <summary>The same configuration with the stored models of now. A file that somebody broke in the meantime does not keep them out.</summary>
    public LoadedConfiguration Rebind(GatewaySnapshot previous)
    {
        var report = new ConfigReport();
        var binder = Binder(previous, report);
        return _usable is var (file, files) ? Loaded(binder.Bind(file, files), report, files) : Loaded(binder.BindEnvironment(), report, new IncludingLoader(report));
    }

    /// <summary>What is wrong with a model that is about to be stored.</summary>
    public IReadOnlyList<ConfigurationProblem> Check(StoredModel model)
    {
        var report = new ConfigReport();
        Binder(previous: null, new ConfigReport()).Check(_usable?.File, _usable?.Files, model, report);
        return report.Problems;
    }

    private SnapshotBinder Binder(GatewaySnapshot? previous, ConfigReport report) =>
        new(rows, new EnvironmentValues(configuration), new DeploymentStates(previous), report, Stored);

    private static LoadedConfiguration Loaded(GatewaySnapshot? snapshot, ConfigReport report, IncludingLoader files) =>
        new(report.Problems.Count == 0 ? snapshot : null, report, files.Files);
}

/// <param name="Snapshot">Null where the report holds problems.</param>
/// <param name="Report">What there is to say.</param>
/// <param name="Files">Every file that took part, with the text that was read.</param>
internal sealed record LoadedConfiguration(GatewaySnapshot? Snapshot, ConfigReport Report, IReadOnlyDictionary<string, string?> Files);
