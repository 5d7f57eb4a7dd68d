using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>Judges a configuration before anything starts on it: every declared variable, in the contract's order.</summary>
public static class EnvironmentAudit
{
    /// <summary>What the audit says for these services; what keeps one of them from starting blocks.</summary>
    public static IReadOnlyList<Finding> Run(IConfiguration configuration, params ReadOnlySpan<ServiceKind> kinds)
    {
        var problems = RequiredVariables.Problems(configuration, kinds).ToLookup(problem => problem.Variable);
        var wanted = kinds.ToArray();
        var declared = DeclaredVariables.All.Where(variable => variable.UsedBy.Any(wanted.Contains)).ToList();
        return
        [
            .. declared.Select(variable => problems.Contains(variable.Name)
                ? Blocking(configuration, problems[variable.Name].First())
                : variable.Check(new(variable, configuration))),
            .. problems.Where(group => declared.TrueForAll(variable => variable.Name != group.Key)).Select(group => Blocking(configuration, group.First())),
        ];
    }

    private static Finding Blocking(IConfiguration configuration, VariableProblem problem)
    {
        var value = configuration[problem.Variable];
        var status = string.IsNullOrWhiteSpace(value) ? FindingStatus.Missing : FindingStatus.Invalid;
        return Finding.About(problem.Variable, value, status, problem.Advice) with { Blocks = true };
    }
}
