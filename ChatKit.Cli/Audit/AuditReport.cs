using ChatKit.Gateway.Config;
using ChatKit.ServiceDefaults.Contract;

namespace ChatKit.Cli.Audit;

/// <summary>What <c>check-env</c> has to say.</summary>
/// <param name="Findings">One per variable.</param>
/// <param name="Problems">What in the gateway's <c>config.yaml</c> or the assistant's <c>chatkit.yaml</c> keeps them from starting.</param>
/// <param name="Warnings">What these files probably do not mean.</param>
/// <param name="UpCanStart">Whether <c>up</c>, which brings its own database and keys, starts with this environment.</param>
internal sealed record AuditReport(
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<ConfigurationProblem> Problems,
    IReadOnlyList<ConfigurationProblem> Warnings,
    bool UpCanStart)
{
    public bool CanStart => Problems.Count == 0 && !Findings.Any(finding => finding.Blocks);
}
