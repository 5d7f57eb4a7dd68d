using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// Azure OpenAI: the deployment's name stands in the path and the API version in the query
/// (https://learn.microsoft.com/azure/ai-services/openai/reference), except on the newer <c>/openai/v1</c> surface, which has neither.
/// </summary>
internal sealed class AzureRoute : IProviderRoute
{
    private const string DefaultApiVersion = "2025-02-01-preview";

    public string ApiVersionVariable => "AZURE_API_VERSION";

    public string TokenVariable => "AZURE_AD_TOKEN";

    public OperationRoute For(Uri baseAddress, string? apiVersion)
    {
        // The portal offers the whole address of a deployment to copy; its resource is what counts.
        var resource = baseAddress.GetLeftPart(UriPartial.Authority) + (baseAddress.AbsolutePath.TrimEnd('/') + "/").Split("/openai/", 2)[0].TrimEnd('/');
        var isVersionless = apiVersion is "v1" or "latest" or "preview" || baseAddress.AbsolutePath.TrimEnd('/').EndsWith("/openai/v1", StringComparison.Ordinal);
        return isVersionless
            ? new OperationRoute(new Uri($"{resource}/openai/v1"), "{operation}", KeyHeader.ApiKey)
            : new OperationRoute(
                new Uri(resource),
                $"openai/deployments/{{model}}/{{operation}}?api-version={Uri.EscapeDataString(apiVersion ?? DefaultApiVersion)}",
                KeyHeader.ApiKey);
    }
}
