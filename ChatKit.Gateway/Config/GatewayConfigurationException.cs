using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Gateway.Config;

/// <summary>The gateway cannot start with this configuration. Holds every problem, not only the first.</summary>
public sealed class GatewayConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
    : StartupException($"the gateway's configuration cannot be used:{Lines(problems)}")
{
    /// <summary>What has to change, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;

    /// <summary>One problem stays on its line, several stand below each other.</summary>
    private static string Lines(IReadOnlyList<ConfigurationProblem> problems) => problems is [var only]
        ? $" {only}"
        : string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"));
}
