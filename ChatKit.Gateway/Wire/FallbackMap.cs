namespace ChatKit.Gateway.Wire;

/// <summary>
/// Lists of groups by the group that they stand in for, as configurations and clients write them: <c>[{"a":["b","c"]},{"*":["d"]}]</c>; a client's bare
/// <c>["b","c"]</c> is for whatever it called.
/// </summary>
internal sealed class FallbackMap(IReadOnlyDictionary<string, IReadOnlyList<string>> byGroup)
{
    public const string Anything = "*";

    public static FallbackMap None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ByGroup { get; } = byGroup;

    /// <summary>The list for a model: by the name that was called, by its group's, by the name without the provider before it, by <c>*</c>; empty where there is none.</summary>
    public IReadOnlyList<string> Find(string model, string group)
    {
        if (ByGroup.Count == 0) return [];
        if (ByGroup.TryGetValue(model, out var found) || ByGroup.TryGetValue(group, out found)) return found;
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && ByGroup.TryGetValue(model[(slash + 1)..], out found)) return found;
        return ByGroup.TryGetValue(Anything, out found) ? found : [];
    }
}
