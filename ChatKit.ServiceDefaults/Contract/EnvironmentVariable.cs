using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>One variable that the product declares.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="UsedBy">The services that read it.</param>
/// <param name="Purpose">What it is for, in a few words.</param>
/// <param name="Sample">Its value in <c>.env.example</c>; a key that still has it was never filled in.</param>
/// <param name="DocumentedIn">The page and section that explain it.</param>
/// <param name="Check">Judges a configuration in which the variable may or may not be set.</param>
public sealed record EnvironmentVariable(
    string Name,
    IReadOnlyList<ServiceKind> UsedBy,
    string Purpose,
    string Sample,
    string DocumentedIn,
    Func<VariableReading, Finding> Check);

/// <summary>A declared variable in one configuration.</summary>
public sealed record VariableReading(EnvironmentVariable Variable, IConfiguration Configuration)
{
    /// <summary>The value; null where it is not set or blank.</summary>
    public string? Value => Of(Variable.Name);

    /// <summary>Another variable's value; null where it is not set or blank.</summary>
    public string? Of(string name) => Configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    public Finding Ok(string advice) => Say(FindingStatus.Ok, advice);

    public Finding Warn(string advice) => Say(FindingStatus.Warning, advice);

    public Finding Missing(string advice) => Say(FindingStatus.Missing, advice);

    public Finding Invalid(string advice) => Say(FindingStatus.Invalid, advice);

    private Finding Say(FindingStatus status, string advice) => Finding.About(Variable.Name, Value, status, advice);
}
