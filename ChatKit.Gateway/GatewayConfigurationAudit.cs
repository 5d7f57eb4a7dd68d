using ChatKit.Gateway.Config;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;

namespace ChatKit.Gateway;

/// <summary>What can be said about the gateway's configuration before anything starts; <c>chatkit check-env</c> prints it.</summary>
/// <param name="File">The configuration file; null where the environment alone decides.</param>
/// <param name="Problems">With any of these the gateway does not start.</param>
/// <param name="Warnings">What works differently than the author may think.</param>
/// <param name="MissingVariables">Names of <c>os.environ/NAME</c> in the file that the environment lacks.</param>
/// <param name="ProviderKeys">The providers whose key is in the environment.</param>
public sealed record GatewayConfigurationAudit(
    string? File,
    IReadOnlyList<ConfigurationProblem> Problems,
    IReadOnlyList<ConfigurationProblem> Warnings,
    IReadOnlyCollection<string> MissingVariables,
    IReadOnlyList<ProviderKey> ProviderKeys)
{
    /// <summary>Reads the configuration as a start would, without starting anything and without network.</summary>
    /// <param name="configuration">Environment variables and <c>.env</c>; <c>CONFIG_FILE_PATH</c> names the file.</param>
    public static GatewayConfigurationAudit Of(IConfiguration configuration)
    {
        var loader = new ConfigurationLoader(configuration, ProviderRows.All);
        var report = loader.Load().Report;
        return new GatewayConfigurationAudit(loader.Path, report.Problems, report.Warnings, report.MissingVariables, [.. Keys(configuration)]);
    }

    private static IEnumerable<ProviderKey> Keys(IConfiguration configuration)
    {
        var environment = new EnvironmentValues(configuration);
        foreach (ProviderRow row in ProviderRows.All)
        {
            if (row.KeyVariables.FirstOrDefault(variable => environment[variable] is not null) is { } found)
                yield return new ProviderKey(row.Name, found);
        }
    }
}

/// <summary>A provider and the environment variable that holds its key.</summary>
public sealed record ProviderKey(string Provider, string Variable);
