namespace ChatKit.Gateway.Providers.Messages;

/// <summary>The headers of a native call: the key, the client's version and beta features, and what the deployment adds.</summary>
internal static class MessagesHeaders
{
    private const string VersionHeader = "anthropic-version";

    /// <summary>https://platform.claude.com/docs/en/api/versioning: the only current version, for clients that name none.</summary>
    private const string DefaultVersion = "2023-06-01";

    public static void Add(ModelCall call, List<KeyValuePair<string, string>> headers)
    {
        if (call.Deployment.ApiKey is { } key) headers.Add(new("x-api-key", key.Reveal()));
        headers.AddRange(call.ClientHeaders);
        if (!call.ClientHeaders.Any(static header => header.Key.Equals(VersionHeader, StringComparison.OrdinalIgnoreCase))) headers.Add(new(VersionHeader, DefaultVersion));
        headers.AddRange(call.Deployment.Headers);
    }
}
