using ChatKit.Backend;
using ChatKit.Cli.Up;
using ChatKit.Gateway;
using ChatKit.Gateway.Config;
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
        var assistant = AssistantConfigurationAudit.Of(environment);
        IReadOnlyList<ConfigurationProblem> problems = [.. gateway.Problems, .. assistant.Problems.Select(Said)];
        return new(findings, problems, [.. gateway.Warnings, .. assistant.Warnings.Select(Said)], UpCanStart(environment) && problems.Count == 0);
    }

    /// <summary>The backend's findings say their place themselves.</summary>
    private static ConfigurationProblem Said(string finding) => new(File: null, Line: 0, Path: "", finding);

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
