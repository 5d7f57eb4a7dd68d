using ChatKit.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace ChatKit.ServiceDefaults;

/// <summary>Places a <c>.env</c> file in a host's configuration.</summary>
public static class DotEnvConfiguration
{
    /// <summary>
    /// Adds the file directly below the process environment, which therefore wins. A missing file adds nothing; a file that is there
    /// already is not added twice.
    /// </summary>
    public static IConfigurationBuilder AddDotEnv(this IConfigurationBuilder builder, string path)
    {
        path = Path.GetFullPath(path);
        if (builder.Sources.OfType<DotEnvConfigurationSource>().Any(source => source.Path == path))
            return builder;
        var environment = builder.Sources
            .Select((source, index) => (source, index))
            .Where(entry => entry.source is EnvironmentVariablesConfigurationSource { Prefix: null or "" })
            .Select(entry => entry.index)
            .DefaultIfEmpty(builder.Sources.Count)
            .First();
        builder.Sources.Insert(environment, new DotEnvConfigurationSource(path));
        return builder;
    }
}
