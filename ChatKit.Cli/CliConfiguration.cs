using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli;

/// <summary>What the commands themselves read: the process environment over <c>.env</c> of the folder in which they run.</summary>
internal static class CliConfiguration
{
    private const string DefaultFile = ".env";

    /// <param name="file">A file that the person named, which must be there; null: <c>.env</c>, if there is one.</param>
    public static IConfigurationRoot Load(string? file = null)
    {
        if (file is not null && !File.Exists(file))
            throw new StartupException($"the environment file {file} is not there");
        return new ConfigurationBuilder().AddEnvironmentVariables().AddDotEnv(file ?? DefaultFile).Build();
    }
}
