using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli;

/// <summary>What the commands themselves read: options over the process environment over <c>.env</c> of the folder in which they run.</summary>
internal static class CliConfiguration
{
    /// <summary>Names the gateway's file.</summary>
    public const string ConfigFile = "CONFIG_FILE_PATH";

    private const string DefaultEnvFile = ".env";

    /// <param name="config"><c>--config</c>; null where it was not given.</param>
    /// <param name="envFile">A file that the person named, which must be there; null: <c>.env</c>, if there is one.</param>
    public static IConfiguration Load(string? config = null, string? envFile = null)
    {
        if (envFile is not null && !File.Exists(envFile))
            throw new StartupException($"the environment file {envFile} is not there");
        return new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddDotEnv(envFile ?? DefaultEnvFile)
            .AddInMemoryCollection(Overrides(config))
            .Build();
    }

    /// <summary>What <c>--config</c> says over the environment.</summary>
    public static IReadOnlyDictionary<string, string?> Overrides(string? config) =>
        config is null ? [] : new Dictionary<string, string?> { [ConfigFile] = config };
}
