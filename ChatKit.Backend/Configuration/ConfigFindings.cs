using YamlDotNet.Core;

namespace ChatKit.Backend.Configuration;

/// <summary>All that is to be said about a configuration, collected while it is read, so that everything is told at once.</summary>
internal sealed class ConfigFindings(string source)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];

    /// <summary>What keeps the backend from starting.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What probably does not mean what its writer thought.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Where the text stands: a file, or a variable.</summary>
    public string Source => source;

    public void Problem(Mark at, string path, string message) => _problems.Add(Place(at, path) + message);

    public void Problem(string message) => _problems.Add($"{source}: {message}");

    public void Warn(Mark at, string path, string message) => _warnings.Add(Place(at, path) + message);

    private string Place(Mark at, string path) => $"{source}:{at.Line} {path}: ";
}
