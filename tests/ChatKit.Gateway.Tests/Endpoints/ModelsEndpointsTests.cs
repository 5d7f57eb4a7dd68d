using System.Net;
using System.Text.Json;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

public sealed class ModelsEndpointsTests : IAsyncLifetime
{
    private readonly ConfigFolder _folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", "sk-1234").With(
        "config.yaml",
        """
        model_list:
          - { model_name: fast, litellm_params: { model: groq/llama-3.1-8b-instant, api_key: k } }
          - { model_name: "xai/*", litellm_params: { model: "xai/*", api_key: k } }
          - { model_name: "local/*", litellm_params: { model: "ollama/*" } }
          - { model_name: keyless, litellm_params: { model: openai/m } }
        router_settings: { model_group_alias: { quick: fast, secret: { model: fast, hidden: true } } }
        """);

    private ConfiguredGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await ConfiguredGateway.StartAsync(_folder, "sk-1234");

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/models")]
    public async Task The_list_has_OpenAIs_shape_and_shows_wildcards_as_models(string path)
    {
        using var answer = JsonDocument.Parse(await _gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative)));
        Assert.Equal("list", answer.RootElement.GetProperty("object").GetString());
        var models = answer.RootElement.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(
            ["fast", "xai/grok-4.3", "xai/grok-4.20-0309-reasoning", "xai/grok-4.20-0309-non-reasoning", "local/*", "quick"],
            models.Select(model => model.GetProperty("id").GetString()));
        Assert.Equal("""{"id":"fast","owned_by":"groq","object":"model","created":1677610602}""", models[0].GetRawText());
    }

    [Fact]
    public async Task Wildcards_themselves_are_listed_on_request()
    {
        var answer = await _gateway.Client.GetStringAsync(new Uri("/v1/models?return_wildcard_routes=true", UriKind.Relative));
        Assert.Contains("\"xai/*\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fast", "groq")]
    [InlineData("quick", "groq")]
    [InlineData("secret", "groq")]
    [InlineData("xai/anything", "xai")]
    [InlineData("xai%2Fanything", "xai")]
    public async Task One_model_is_found_by_any_name_that_can_be_called(string id, string owner)
    {
        using var answer = JsonDocument.Parse(await _gateway.Client.GetStringAsync(new Uri($"/v1/models/{id}", UriKind.Relative)));
        Assert.Equal(Uri.UnescapeDataString(id), answer.RootElement.GetProperty("id").GetString());
        Assert.Equal(owner, answer.RootElement.GetProperty("owned_by").GetString());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("keyless")]
    public async Task A_model_that_cannot_be_called_is_not_there(string id)
    {
        using var answer = await _gateway.Client.GetAsync(new Uri($"/v1/models/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(
            $$$"""{"error":{"message":"The model '{{{id}}}' does not exist.","type":"invalid_request_error","param":"model","code":"model_not_found"}}""",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_the_key_there_is_no_list()
    {
        using var stranger = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _gateway.Client.BaseAddress };
        using var answer = await stranger.GetAsync(new Uri("/v1/models", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_call_without_a_key_for_its_provider_says_which_is_missing()
    {
        using var answer = await _gateway.ChatAsync("keyless");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The provider openai has no API key: the environment variable OPENAI_API_KEY is not set.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
