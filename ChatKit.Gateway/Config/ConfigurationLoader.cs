using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Reads the gateway's configuration anew: the file that <c>CONFIG_FILE_PATH</c> names, or the environment alone.</summary>
internal sealed class ConfigurationLoader(IConfiguration configuration, IReadOnlyList<ProviderRow> rows)
{
    /// <summary>The file as the user named it; null without one.</summary>
    public string? Path { get; } = string.IsNullOrWhiteSpace(configuration["CONFIG_FILE_PATH"]) ? null : configuration["CONFIG_FILE_PATH"]!.Trim();

    /// <param name="previous">The snapshot in use, whose deployments hand over their state where they did not change.</param>
    public LoadedConfiguration Load(GatewaySnapshot? previous = null)
    {
        var report = new ConfigReport();
        var binder = new SnapshotBinder(rows, new EnvironmentValues(configuration), new DeploymentStates(previous), report);
        var files = new IncludingLoader(report);
        var snapshot = Path is null ? binder.BindEnvironment() : files.Load(Path) is { } file ? binder.Bind(file, files) : null;
        return new LoadedConfiguration(report.Problems.Count == 0 ? snapshot : null, report, files.Files);
    }
}

/// <param name="Snapshot">Null where the report holds problems.</param>
/// <param name="Report">What there is to say.</param>
/// <param name="Files">Every file that took part, with the text that was read.</param>
internal sealed record LoadedConfiguration(GatewaySnapshot? Snapshot, ConfigReport Report, IReadOnlyDictionary<string, string?> Files);
