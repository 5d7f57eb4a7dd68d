using ChatKit.Gateway.Config.Yaml;

namespace ChatKit.Gateway.Config;

/// <summary>Collects everything that is to be said about a configuration, so that people see all of it at once.</summary>
internal sealed class ConfigReport
{
    private readonly List<ConfigurationProblem> _problems = [];
    private readonly List<ConfigurationProblem> _warnings = [];
    private readonly SortedSet<string> _missingVariables = new(StringComparer.Ordinal);

    /// <summary>What makes the configuration unusable, file by file from top to bottom.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => InOrder(_problems);

    /// <summary>What works differently than the author may think, file by file from top to bottom.</summary>
    public IReadOnlyList<ConfigurationProblem> Warnings => InOrder(_warnings);

    /// <summary>Each <c>os.environ/NAME</c> that names a variable which is not set.</summary>
    public IReadOnlyCollection<string> MissingVariables => _missingVariables;

    public void Problem(Origin origin, string message) => _problems.Add(Finding(origin, message));

    public void Warning(Origin origin, string message) => _warnings.Add(Finding(origin, message));

    public void MissingVariable(Origin origin, string name, string consequence)
    {
        _missingVariables.Add(name);
        Warning(origin, $"the environment variable {name} is not set; {consequence}");
    }

    /// <summary>Takes over what makes the other's configuration unusable, and none of its warnings.</summary>
    public void AddProblems(ConfigReport other) => _problems.AddRange(other._problems);

    private static IReadOnlyList<ConfigurationProblem> InOrder(List<ConfigurationProblem> findings) =>
        [.. findings.Distinct().GroupBy(finding => finding.File).SelectMany(file => file.OrderBy(finding => finding.Line))];

    private static ConfigurationProblem Finding(Origin origin, string message) => new(origin.File, origin.Line, origin.Path, message);
}
