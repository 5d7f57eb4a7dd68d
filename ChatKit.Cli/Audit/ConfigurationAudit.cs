using ChatKit.Cli.Up;
using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Contract;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli.Audit;

/// <summary>Brings together what the environment contract and the gateway's configuration have to say.</summary>
internal static class ConfigurationAudit
{
    private static readonly ServiceKind[] Everything = [ServiceKind.Gateway, ServiceKind.Backend, ServiceKind.Worker];

    public static AuditReport Run(IConfigurationRoot environment, string? configFile)
    {
        if (configFile is not null)
            environment["CONFIG_FILE_PATH"] = configFile;
        return new(EnvironmentAudit.Run(environment, Everything), UpCanStart(environment));
    }

    private static bool UpCanStart(IConfiguration environment)
    {
        try
        {
            var plan = UpPlan.Make(environment, new UpOptions());
            var asUp = new ConfigurationBuilder().AddConfiguration(environment).AddInMemoryCollection(plan.Chat.For(plan.Gateway.Url)).Build();
            return RequiredVariables.Problems(asUp, Everything).Count == 0;
        }
        catch (StartupException)
        {
            return false;
        }
    }
}
