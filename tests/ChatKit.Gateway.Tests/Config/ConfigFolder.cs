using ChatKit.Gateway.Config;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>A folder of configuration files and the environment that they are read with.</summary>
internal sealed class ConfigFolder : IDisposable
{
    private readonly Dictionary<string, string?> _environment = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("chatkit-config-").FullName;

    public string File => Path.Combine(Root, "config.yaml");

    public ConfigFolder With(string file, string yaml)
    {
        System.IO.File.WriteAllText(Path.Combine(Root, file), yaml);
        return this;
    }

    public ConfigFolder Set(string variable, string? value)
    {
        _environment[variable] = value;
        return this;
    }

    public ConfigurationLoader Loader() => new(Configuration(), ProviderRows.All);

    public IConfiguration Configuration()
    {
        if (System.IO.File.Exists(File))
            _environment["CONFIG_FILE_PATH"] = File;
        return new ConfigurationBuilder().AddInMemoryCollection(_environment).Build();
    }

    /// <summary>The snapshot of a configuration without problems.</summary>
    public GatewaySnapshot Snapshot()
    {
        var loaded = Loader().Load();
        Assert.Empty(loaded.Report.Problems);
        return loaded.Snapshot!;
    }

    /// <summary>All problems as people see them, the folder's path cut off.</summary>
    public IReadOnlyList<string> Problems()
    {
        var loaded = Loader().Load();
        Assert.Null(loaded.Snapshot);
        return Lines(loaded.Report.Problems);
    }

    public IReadOnlyList<string> Warnings() => Lines(Loader().Load().Report.Warnings);

    public static GatewaySnapshot Bind(string yaml)
    {
        using var folder = new ConfigFolder().With("config.yaml", yaml);
        return folder.Snapshot();
    }

    public static IReadOnlyList<string> ProblemsOf(string yaml)
    {
        using var folder = new ConfigFolder().With("config.yaml", yaml);
        return folder.Problems();
    }

    public static IReadOnlyList<string> WarningsOf(string yaml)
    {
        using var folder = new ConfigFolder().With("config.yaml", yaml);
        return folder.Warnings();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string[] Lines(IReadOnlyList<ConfigurationProblem> findings) =>
        [.. findings.Select(finding => finding.ToString().Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
}
