using ChatKit.ServiceDefaults.Contract;

namespace ChatKit.Cli.Audit;

/// <summary>What <c>check-env</c> has to say.</summary>
/// <param name="Findings">One per variable.</param>
/// <param name="UpCanStart">Whether <c>up</c>, which brings its own database and keys, starts with this environment.</param>
internal sealed record AuditReport(IReadOnlyList<Finding> Findings, bool UpCanStart)
{
    public bool CanStart => !Findings.Any(finding => finding.Blocks);
}
