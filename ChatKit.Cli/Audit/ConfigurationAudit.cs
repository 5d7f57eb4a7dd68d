using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Contract;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli.Audit;

/// <summary>Brings together what the environment contract and the gateway's configuration have to say.</summary>
internal static class ConfigurationAudit
{
    public static AuditReport Run(IConfigurationRoot environment, string? configFile)
    {
        if (configFile is not null)
            environment["CONFIG_FILE_PATH"] = configFile;
        return new(EnvironmentAudit.Run(environment, ServiceKind.Gateway, ServiceKind.Backend, ServiceKind.Worker));
    }
}
