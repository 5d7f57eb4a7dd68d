using ChatKit.Cli.Up;
using ChatKit.Gateway;
using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Contract;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace ChatKit.Cli.Audit;

/// <summary>Brings together what the environment contract and the gateway's configuration have to say.</summary>
internal static class ConfigurationAudit
{
    private static readonly ServiceKind[] Everything = [ServiceKind.Gateway, ServiceKind.Backend, ServiceKind.Worker];

    public static AuditReport Run(IConfiguration environment)
    {
        var findings = EnvironmentAudit.Run(environment, Everything).ToList();
        var gateway = GatewayConfigurationAudit.Of(environment);
        var known = findings.Select(finding => finding.Variable).ToHashSet();
        findings.AddRange(gateway.ProviderKeys.Where(key => !known.Contains(key.Variable)).Select(key => SetKey(environment, key)));
        findings.RemoveAll(finding => finding is { Status: FindingStatus.Missing, Blocks: false } && gateway.MissingVariables.Contains(finding.Variable));
        findings.AddRange(gateway.MissingVariables.Except(findings.Select(finding => finding.Variable)).Select(name => Referenced(gateway, name)));
        return new(findings, gateway.Problems, gateway.Warnings, UpCanStart(environment) && gateway.Problems.Count == 0);
    }

    private static Finding SetKey(IConfiguration environment, ProviderKey key) =>
        Finding.About(key.Variable, environment[key.Variable], FindingStatus.Ok, $"set: the key of {key.Provider}");

    private static Finding Referenced(GatewayConfigurationAudit gateway, string name) =>
        new(name, FindingStatus.Missing, $"is not set, and {gateway.File} names it as os.environ/{name}");

    private static bool UpCanStart(IConfiguration environment)
    {
        try
        {
            var plan = UpPlan.Make(environment, new UpOptions());
            var asUp = new ConfigurationBuilder().AddConfiguration(environment).AddInMemoryCollection(plan.Chat.For(plan.Gateway.Url, gatewayKey: null)).Build();
            return RequiredVariables.Problems(asUp, Everything).Count == 0;
        }
        catch (StartupException)
        {
            return false;
        }
    }
}
