using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// Azure AI Foundry: a resource serves many models under <c>/models</c> and wants the header <c>api-key</c>; a serverless endpoint serves one
/// and wants a bearer token (https://learn.microsoft.com/rest/api/aifoundry/modelinference).
/// </summary>
internal sealed class AzureAiRoute : IProviderRoute
{
    private const string DefaultApiVersion = "2024-05-01-preview";

    public string ApiVersionVariable => "AZURE_AI_API_VERSION";

    public string TokenVariable => "AZURE_AD_TOKEN";

    public OperationRoute For(Uri baseAddress, string? apiVersion)
    {
        var address = new Uri(baseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        if (!address.Host.EndsWith(".services.ai.azure.com", StringComparison.OrdinalIgnoreCase))
            return new OperationRoute(address, "{operation}", KeyHeader.Bearer);

        var resource = address.GetLeftPart(UriPartial.Authority) + (address.AbsolutePath.TrimEnd('/') + "/").Split("/models/", 2)[0].TrimEnd('/');
        return new OperationRoute(
            new Uri($"{resource}/models"),
            $"{{operation}}?api-version={Uri.EscapeDataString(apiVersion ?? DefaultApiVersion)}",
            KeyHeader.ApiKey);
    }
}
