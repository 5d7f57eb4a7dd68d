using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers;

/// <summary>Where a request goes and by which key: the same for every operation of a provider.</summary>
internal static class RequestHead
{
    /// <summary>Sets address, credential and the deployment's own headers.</summary>
    public static void Begin(this UpstreamRequest request, ModelCall call, Operation operation) => request.Begin(call, operation.Path);

    /// <summary>The same for a path of the provider's own.</summary>
    public static void Begin(this UpstreamRequest request, ModelCall call, string path)
    {
        var deployment = call.Deployment;
        request.Address = deployment.AddressOf(path, call.UpstreamModel);
        if (deployment.ApiKey is { } key) request.Headers.Add(KeyHeaderOf(deployment.KeyHeader, key));
        request.Headers.AddRange(deployment.Headers);
    }

    /// <summary>The header that carries a key.</summary>
    public static KeyValuePair<string, string> KeyHeaderOf(KeyHeader header, Secret key) => header switch
    {
        KeyHeader.ApiKey => new("api-key", key.Reveal()),
        KeyHeader.XApiKey => new("x-api-key", key.Reveal()),
        KeyHeader.XGoogApiKey => new("x-goog-api-key", key.Reveal()),
        _ => new("Authorization", key.RevealBearer()),
    };
}
