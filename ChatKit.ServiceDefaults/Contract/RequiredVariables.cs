using ChatKit.ServiceDefaults.Configuration;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Models;
using ChatKit.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>Without what a service cannot work at all: the audit's blocking findings, a refusal at start, an unready service.</summary>
public static class RequiredVariables
{
    /// <summary>Every problem that keeps one of the services from starting; none twice.</summary>
    public static IReadOnlyList<VariableProblem> Problems(IConfiguration configuration, params ReadOnlySpan<ServiceKind> kinds)
    {
        var problems = new List<VariableProblem>();
        foreach (var kind in kinds)
        {
            problems.AddRange(kind switch
            {
                ServiceKind.Gateway => Gateway(configuration),
                ServiceKind.Backend => [.. ModelClient(configuration), .. Backend(configuration)],
                _ => [.. ModelClient(configuration), .. ScanChecks.Worker(configuration)],
            });
        }

        problems.AddRange(TelemetryOptions.Problems(configuration));
        return [.. problems.Distinct()];
    }

    private static IEnumerable<VariableProblem> Gateway(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration["urls"]) && GatewayPort.Read(configuration) is null)
            yield return GatewayPort.Problem;
    }

    private static IEnumerable<VariableProblem> ModelClient(IConfiguration configuration)
    {
        if (DatabaseTarget.Resolve(configuration).Problem is { } database)
            yield return database;
        foreach (var problem in ModelEndpoint.Resolve(configuration).Problems)
            yield return problem;
    }

    private static IEnumerable<VariableProblem> Backend(IConfiguration configuration)
    {
        if (ChatChecks.OriginsProblem(configuration[ChatChecks.OriginsVariable] ?? "") is { } origins)
            yield return new(ChatChecks.OriginsVariable, origins);
        if (configuration[AccessChecks.AnonymousVariable] is { Length: > 0 } choice && !AccessChecks.IsAnonymous(choice))
            yield return new(AccessChecks.AnonymousVariable, AccessChecks.AnonymousProblem);
        foreach (var problem in AccessProblems.Of(configuration).Concat(LimitChecks.Problems(configuration)).Concat(ScanChecks.Backend(configuration)))
            yield return problem;
    }
}
