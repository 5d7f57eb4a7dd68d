using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers;

public sealed class AzureRouteTests
{
    private const string Deployment = "openai/deployments/{model}/{operation}?api-version=";

    [Theory]
    [InlineData("https://r.openai.azure.com", "2024-10-21", "https://r.openai.azure.com/", Deployment + "2024-10-21")]
    [InlineData("https://r.openai.azure.com/", null, "https://r.openai.azure.com/", Deployment + "2025-02-01-preview")]
    [InlineData("https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=x", "2024-10-21", "https://r.openai.azure.com/", Deployment + "2024-10-21")]
    [InlineData("https://r.openai.azure.com/openai/v1/", null, "https://r.openai.azure.com/openai/v1", "{operation}")]
    [InlineData("https://openai-models.azure.com/", "2024-10-21", "https://openai-models.azure.com/", Deployment + "2024-10-21")]
    [InlineData("https://apim.example/team/openai", "2024-10-21", "https://apim.example/team", Deployment + "2024-10-21")]
    [InlineData("https://r.openai.azure.com", "v1", "https://r.openai.azure.com/openai/v1", "{operation}")]
    public void Azure_OpenAI_has_the_deployment_in_the_path(string written, string? version, string expectedBase, string expectedPath)
    {
        var route = new AzureRoute().For(new Uri(written), version);
        Assert.Equal(new OperationRoute(new Uri(expectedBase), expectedPath, KeyHeader.ApiKey), route);
    }

    [Theory]
    [InlineData("https://r.services.ai.azure.com", "https://r.services.ai.azure.com/models", "{operation}?api-version=2024-05-01-preview", KeyHeader.ApiKey)]
    [InlineData("https://r.services.ai.azure.com/models/chat/completions?api-version=1", "https://r.services.ai.azure.com/models", "{operation}?api-version=2024-05-01-preview", KeyHeader.ApiKey)]
    [InlineData("https://m.eastus.models.ai.azure.com/v1/", "https://m.eastus.models.ai.azure.com/v1", "{operation}", KeyHeader.Bearer)]
    public void Azure_AI_depends_on_the_kind_of_endpoint(string written, string expectedBase, string expectedPath, object header)
    {
        var route = new AzureAiRoute().For(new Uri(written), null);
        Assert.Equal(new OperationRoute(new Uri(expectedBase), expectedPath, (KeyHeader)header), route);
    }
}
