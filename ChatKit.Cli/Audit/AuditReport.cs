using ChatKit.ServiceDefaults.Contract;

namespace ChatKit.Cli.Audit;

/// <summary>What <c>check-env</c> has to say.</summary>
internal sealed record AuditReport(IReadOnlyList<Finding> Findings)
{
    public bool CanStart => !Findings.Any(finding => finding.Blocks);
}
