using System.Collections.Frozen;

namespace ChatKit.Gateway.Model;

/// <summary>
/// A list of routes as LiteLLM writes them (https://docs.litellm.ai/docs/proxy/virtual_keys#restricting-virtual-keys): paths, paths with <c>*</c>, and groups such as
/// <c>llm_api_routes</c>. Read once. Paths are compared as routing does it: without regard to case or a slash at the end.
/// </summary>
internal sealed class RouteList
{
    private readonly FrozenSet<string> _paths;
    private readonly IReadOnlyList<WildcardPattern> _patterns;

    private RouteList(IReadOnlyList<string> entries)
    {
        Entries = entries;
        var paths = entries.SelectMany(RouteGroups.PathsOf).Select(static path => Normalize(path).ToLowerInvariant()).ToList();
        _paths = paths.Where(static path => !WildcardPattern.IsPattern(path)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _patterns = [.. paths.Where(WildcardPattern.IsPattern).Distinct().Select(static path => new WildcardPattern(path))];
    }

    /// <summary>As they were given.</summary>
    public IReadOnlyList<string> Entries { get; }

    /// <summary>Null where the list is empty, which means that nothing is restricted.</summary>
    public static RouteList? Of(IReadOnlyList<string> entries) => entries.Count == 0 ? null : new RouteList(entries);

    /// <summary>True for a path, or a group that there is.</summary>
    public static bool IsValid(string entry) => entry.StartsWith('/') || entry == "*" || RouteGroups.PathsOf(entry) is not [var only] || only != entry;

    public bool Includes(string path)
    {
        path = Normalize(path);
        if (_paths.Contains(path)) return true;
        if (_patterns.Count == 0) return false;
        var lower = path.ToLowerInvariant();
        foreach (var pattern in _patterns)
        {
            if (pattern.Match(lower) is not null) return true;
        }

        return false;
    }

    /// <summary>True where an entry of the list itself, and not a group, is for the path.</summary>
    public bool Names(string path) => Entries.Any(entry => entry.StartsWith('/') && new RouteList([entry]).Includes(path));

    public override string ToString() => $"[{string.Join(", ", Entries.Select(static entry => $"'{entry}'"))}]";

    private static string Normalize(string path) => path.Length > 1 && path.EndsWith('/') ? path[..^1] : path;
}
