namespace ChatKit.Gateway.Model;

/// <summary>
/// A path of ours that leads into another API, unread: the caller's key is checked and exchanged for the provider's, everything else goes on as it came.
/// </summary>
/// <param name="Path">The path that leads there, with its first slash and without a last one.</param>
/// <param name="Target">Where to and as whom. It has no model: the caller's path or body names one, which nobody here reads.</param>
internal sealed record PassThroughRoute(string Path, Deployment Target)
{
    /// <summary>How its answers say what they used.</summary>
    public UsageFormat Format { get; init; }

    /// <summary>True where anything below the path leads there too.</summary>
    public bool HasSubpaths { get; init; } = true;

    /// <summary>False for a path that asks for no key of ours.</summary>
    public bool AsksForKey { get; init; } = true;

    /// <summary>False where the target is told nothing of the client's headers but what its body is.</summary>
    public bool ForwardsHeaders { get; init; } = true;

    /// <summary>True where the path leads to a provider's whole API, and not to what somebody configured.</summary>
    public bool IsOfProvider { get; init; }

    /// <summary>True for Google's APIs, whose clients may send their key, which is ours, as <c>key</c> in the query.</summary>
    public bool TakesKeyInQuery => IsOfProvider && Format is UsageFormat.Gemini;

    /// <summary>The shape of our own errors there.</summary>
    public ClientDialect Dialect => Format switch
    {
        UsageFormat.Anthropic => ClientDialect.Anthropic,
        UsageFormat.Gemini => ClientDialect.Gemini,
        _ => ClientDialect.OpenAi,
    };
}

/// <summary>The words in which an API says how many tokens it used.</summary>
internal enum UsageFormat
{
    /// <summary>Not known; what passes is not metered.</summary>
    None,
    OpenAi,
    Anthropic,
    Gemini,
    Cohere,
    Bedrock,
}

/// <summary>Every path that leads into another API.</summary>
/// <param name="Providers">By the name of the provider's prefix: <c>/anthropic</c> …</param>
/// <param name="Custom"><c>pass_through_endpoints</c>, the longest path first.</param>
internal sealed record PassThroughTable(IReadOnlyDictionary<string, PassThroughRoute> Providers, IReadOnlyList<PassThroughRoute> Custom)
{
    public static PassThroughTable Empty { get; } = new(new Dictionary<string, PassThroughRoute>(), []);

    /// <summary>The configured route that a path means; null where none does.</summary>
    public PassThroughRoute? Find(string path)
    {
        foreach (var route in Custom)
        {
            if (!path.StartsWith(route.Path, StringComparison.Ordinal)) continue;
            if (path.Length == route.Path.Length || (route.HasSubpaths && path[route.Path.Length] == '/')) return route;
        }

        return null;
    }
}
