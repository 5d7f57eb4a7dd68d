using System.Collections.Frozen;

namespace ChatKit.Gateway.Model;

/// <summary>
/// The whole configuration as calls see it: immutable, swapped at once on reload; a call keeps the one that it began with. Only Config makes it.
/// </summary>
internal sealed record GatewaySnapshot
{
    /// <summary>Groups with an exact name.</summary>
    public required FrozenDictionary<string, ModelGroup> Groups { get; init; }

    /// <summary>Groups whose name holds <c>*</c>, most specific first.</summary>
    public required IReadOnlyList<ModelGroup> WildcardGroups { get; init; }

    public required GatewaySettings Settings { get; init; }
}
