using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Decides which provider a deployment means, in LiteLLM's order: the prefix before the first <c>/</c>, a known host in <c>api_base</c>, a known
/// model name.
/// </summary>
internal sealed class ProviderResolver(IReadOnlyList<ProviderRow> rows)
{
    private readonly Dictionary<string, ProviderRow> _byName = rows.ToDictionary(row => row.Name);
    private readonly List<(WildcardPattern Pattern, ProviderRow Row)> _byModel =
        [.. rows.SelectMany(row => row.NamePatterns.Select(pattern => (new WildcardPattern(pattern), row)))];

    /// <summary>The provider and the model's name there; null where nothing tells.</summary>
    public ProviderChoice? Resolve(string model, string? customProvider, string? apiBase)
    {
        if (customProvider is not null)
        {
            var prefix = customProvider + "/";
            return Named(customProvider, model.StartsWith(prefix, StringComparison.Ordinal) ? model[prefix.Length..] : model);
        }

        var slash = model.IndexOf('/', StringComparison.Ordinal);
        return (slash > 0 ? Named(model[..slash], model[(slash + 1)..]) : null)
            ?? ByHost(model, apiBase)
            ?? ByModelName(model);
    }

    /// <summary>Names that a wrong prefix may have meant.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    private ProviderChoice? Named(string provider, string model) =>
        _byName.TryGetValue(provider, out var row) ? Chosen(row, model)
        : KnownKeys.ProvidersNotYet.Contains(provider) ? new ProviderChoice(provider, null, model)
        : null;

    private static ProviderChoice Chosen(ProviderRow row, string model)
    {
        if (row.Dialect is not ProviderDialect.Bedrock) return new ProviderChoice(row.Name, row, model);
        var (name, region) = BedrockModelName.Read(model);
        return new ProviderChoice(row.Name, row, name) { Region = region };
    }

    private ProviderChoice? ByHost(string model, string? apiBase) =>
        Uri.TryCreate(apiBase, UriKind.Absolute, out var address)
            && rows.FirstOrDefault(row => row is { DefaultBase: not null, KeyOptional: false } && new Uri(row.DefaultBase).Host == address.Host) is { } row
                ? new ProviderChoice(row.Name, row, model)
                : null;

    private ProviderChoice? ByModelName(string model) =>
        _byModel.FirstOrDefault(entry => entry.Pattern.Match(model) is not null) is { Row: { } row } ? new ProviderChoice(row.Name, row, model) : null;
}

/// <summary>A provider, by its row or, where LiteLLM has it and the gateway does not yet, by name only.</summary>
internal sealed record ProviderChoice(string Name, ProviderRow? Row, string Model)
{
    /// <summary>The region of AWS that the model's name asks for; null where it names none.</summary>
    public string? Region { get; init; }
}
