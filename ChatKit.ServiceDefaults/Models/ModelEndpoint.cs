using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Models;

/// <summary>
/// Where the backend and the worker send model calls. <c>MODEL_PROVIDER</c> chooses the row:
/// <code>
/// openai    MODEL_API_BASE, CHATKIT_API_BASE, https://api.openai.com                    MODEL_API_KEY_ENV's variable, OPENAI_API_KEY
/// litellm   MODEL_API_BASE, LITELLM_API_BASE, discovery, 127.0.0.1:${LITELLM_PORT}      MODEL_API_KEY_ENV's variable, LITELLM_API_KEY
/// (other)   MODEL_API_BASE                                                              MODEL_API_KEY_ENV's variable
/// </code>
/// </summary>
/// <param name="Provider"><c>MODEL_PROVIDER</c>, trimmed, in lower case.</param>
/// <param name="BaseAddress">Ends in <c>/v1</c>.</param>
/// <param name="ApiKey">Sent as the bearer token.</param>
public sealed record ModelEndpoint(string Provider, Uri BaseAddress, string ApiKey)
{
    /// <summary>The gateway's name in service discovery.</summary>
    public const string GatewayService = "gateway";

    /// <summary>Tells the gateway for whom a call is made, by the person's id.</summary>
    public const string PersonHeader = "x-litellm-end-user-id";

    private const string Version = "/v1";

    /// <summary>Whether models are asked through the gateway, which keeps accounts.</summary>
    public bool IsGateway => Provider == ModelProvider.LiteLlm;

    /// <summary>Reads the whole of it, so that every problem is told at once.</summary>
    public static ModelEndpointResolution Resolve(IConfiguration configuration)
    {
        var provider = ModelProvider.From(configuration);
        var (address, badAddress) = FindAddress(configuration, provider);
        var (key, badKey) = FindKey(configuration, provider);
        return address is not null && key is not null
            ? new(new(provider.Name, address, key), [])
            : new(null, [.. new[] { badAddress, badKey }.OfType<VariableProblem>()]);
    }

    /// <summary>Everything but the key.</summary>
    public override string ToString() => $"{Provider} at {BaseAddress}";

    private static (Uri?, VariableProblem?) FindAddress(IConfiguration configuration, ModelProvider provider)
    {
        foreach (var variable in provider.BaseVariables)
        {
            if (string.IsNullOrWhiteSpace(configuration[variable]))
                continue;
            return WithVersion(configuration[variable]!) is { } given
                ? (given, null)
                : (null, new(variable, "is not an http(s) address"));
        }

        return provider.DefaultBase(configuration) is { } text && WithVersion(text) is { } address
            ? (address, null)
            : (null, provider.NoBase);
    }

    private static (string?, VariableProblem?) FindKey(IConfiguration configuration, ModelProvider provider)
    {
        var named = configuration[ModelProvider.KeyNameVariable]?.Trim();
        var variable = string.IsNullOrEmpty(named) ? provider.KeyVariable : named;
        if (variable is null)
        {
            return (null, new(ModelProvider.KeyNameVariable,
                $"is not set: name the variable that holds the key for MODEL_PROVIDER={provider.Name}"));
        }

        var key = configuration[variable]?.Trim();
        return string.IsNullOrEmpty(key)
            ? (null, new(variable, $"is not set: it holds the key for MODEL_PROVIDER={provider.Name}"))
            : (key, null);
    }

    private static Uri? WithVersion(string text)
    {
        text = text.Trim().TrimEnd('/');
        if (!text.EndsWith(Version, StringComparison.Ordinal))
            text += Version;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
    }
}
