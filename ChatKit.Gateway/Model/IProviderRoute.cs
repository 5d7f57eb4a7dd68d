namespace ChatKit.Gateway.Model;

/// <summary>How a provider with an API version in its addresses finds an operation. Decided once per deployment, when the configuration is bound.</summary>
internal interface IProviderRoute
{
    /// <summary>Where the API version comes from when the deployment does not say (<c>api_version</c>).</summary>
    string ApiVersionVariable { get; }

    /// <summary>Holds a short-lived bearer token that replaces the key.</summary>
    string TokenVariable { get; }

    /// <summary>The route for one base address as the user wrote it.</summary>
    OperationRoute For(Uri baseAddress, string? apiVersion);
}

/// <summary>A base address and the path from it to an operation, with <c>{operation}</c> and, for Azure deployments, <c>{model}</c> in it.</summary>
internal sealed record OperationRoute(Uri BaseAddress, string Path, KeyHeader KeyHeader);
