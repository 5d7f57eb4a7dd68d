namespace ChatKit.Gateway.Keys;

/// <summary>
/// The key as clients of every kind send it: OpenAI's (<c>Authorization: Bearer</c>), Azure's (<c>api-key</c>), Anthropic's (<c>x-api-key</c>), Google's
/// (<c>x-goog-api-key</c>), LiteLLM's own, and the header that the configuration names.
/// </summary>
internal static class PresentedKey
{
    private const string Bearer = "Bearer";

    /// <summary>The most explicit first: a client that has a header of its own for the gateway uses Authorization for somebody else.</summary>
    private static readonly string[] Headers = ["x-litellm-api-key", "Authorization", "api-key", "x-api-key", "x-goog-api-key"];

    public static string? Of(IHeaderDictionary headers, string? configuredHeader)
    {
        if (configuredHeader is not null && Read(headers, configuredHeader) is { } configured) return configured;
        foreach (var name in Headers)
        {
            if (Read(headers, name) is { } key) return key;
        }

        return null;
    }

    private static string? Read(IHeaderDictionary headers, string name)
    {
        var value = headers[name];
        if (value.Count != 1) return null;
        var key = value[0].AsSpan().Trim();
        if (key.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && (key.Length == Bearer.Length || key[Bearer.Length] == ' ')) key = key[Bearer.Length..].TrimStart();
        return key.IsEmpty ? null : key.ToString();
    }
}
