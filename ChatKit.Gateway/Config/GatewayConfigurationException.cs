using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Gateway.Config;

/// <summary>The gateway cannot start with this configuration. Holds every problem, not only the first.</summary>
public sealed class GatewayConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
    : StartupException("The gateway's configuration cannot be used:" + string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}")))
{
    /// <summary>What has to change, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;
}
