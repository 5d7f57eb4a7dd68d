using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Models;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>Without what a service cannot work at all.</summary>
internal static class RequiredVariables
{
    public static IReadOnlyList<VariableProblem> Problems(IConfiguration configuration, ServiceKind kind)
    {
        if (kind == ServiceKind.Gateway)
            return [];
        var problems = new List<VariableProblem>();
        if (!DatabaseTarget.TryResolve(configuration, out _, out var error))
            problems.Add(new(DatabaseTarget.Variable, error));
        problems.AddRange(ModelEndpoint.Resolve(configuration).Problems);
        return problems;
    }
}
