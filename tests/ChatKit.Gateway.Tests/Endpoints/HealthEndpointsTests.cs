using System.Net;
using System.Text.Json;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

public sealed class HealthEndpointsTests : IAsyncLifetime
{
    private FakeUpstream _upstream = null!;
    private ConfigFolder _folder = null!;
    private ConfiguredGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", "sk-1234").With(
            "config.yaml",
            $$"""
            model_list:
              - { model_name: good, litellm_params: { model: openai/good, api_key: {{OpenAiDialect.Key}}, api_base: {{_upstream.ApiBase}} }, model_info: { id: good-1 } }
              - { model_name: bad-key, litellm_params: { model: openai/bad, api_key: sk-wrong-and-secret, api_base: {{_upstream.ApiBase}} } }
              - { model_name: keyless, litellm_params: { model: mistral/m } }
              - { model_name: "wild/*", litellm_params: { model: "openai/*", api_key: {{OpenAiDialect.Key}}, api_base: {{_upstream.ApiBase}} }, model_info: { health_check_model: openai/wild-1 } }
              - { model_name: "open/*", litellm_params: { model: "ollama/*" } }
              - { model_name: vectors, litellm_params: { model: openai/e, api_key: k }, model_info: { mode: embedding } }
            """);
        _gateway = await ConfiguredGateway.StartAsync(_folder, "sk-1234");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Health_calls_each_deployment_and_sorts_them_in_LiteLLMs_shape()
    {
        using var answer = await HealthAsync("/health");
        var (healthy, unhealthy) = (Models(answer, "healthy_endpoints"), Models(answer, "unhealthy_endpoints"));
        Assert.Equal(["openai/*", "openai/good"], healthy.Order());
        Assert.Equal(["mistral/m", "openai/bad"], unhealthy.Order());
        Assert.Equal(["ollama/*", "openai/e"], Models(answer, "skipped_endpoints").Order());
        Assert.Equal((2, 2), (answer.RootElement.GetProperty("healthy_count").GetInt32(), answer.RootElement.GetProperty("unhealthy_count").GetInt32()));
        Assert.Equal(["bad", "good", "wild-1"], _upstream.Requests.Select(request => request.Json.GetProperty("model").GetString()).Order());
    }

    [Fact]
    public async Task An_unhealthy_deployment_says_why_and_shows_no_key()
    {
        var text = await _gateway.Client.GetStringAsync(new Uri("/health", UriKind.Relative));
        Assert.Contains("AuthenticationError", text, StringComparison.Ordinal);
        Assert.Contains("the environment variable MISTRAL_API_KEY is not set", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-and-secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?model=good")]
    [InlineData("?model=openai/good")]
    [InlineData("?model_id=good-1")]
    public async Task A_check_can_be_limited_to_one(string query)
    {
        using var answer = await HealthAsync("/health" + query);
        Assert.Equal(["openai/good"], Models(answer, "healthy_endpoints"));
        Assert.Empty(Models(answer, "unhealthy_endpoints"));
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Health_asks_for_the_key_and_calls_nobody_without()
    {
        using var stranger = Stranger();
        using var answer = await stranger.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(_upstream.Requests);
    }

    [Theory]
    [InlineData("/health/liveliness")]
    [InlineData("/health/liveness")]
    public async Task Liveness_needs_no_key(string path)
    {
        using var stranger = Stranger();
        Assert.Equal("\"I'm alive!\"", await stranger.GetStringAsync(new Uri(path, UriKind.Relative)));
        using var head = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Readiness_has_LiteLLMs_fields()
    {
        using var stranger = Stranger();
        using var answer = JsonDocument.Parse(await stranger.GetStringAsync(new Uri("/health/readiness", UriKind.Relative)));
        Assert.Equal(
            ["status", "litellm_version", "last_updated", "db", "cache", "success_callbacks"],
            answer.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("healthy", answer.RootElement.GetProperty("status").GetString());
        Assert.Empty(_upstream.Requests);
    }

    [Fact]
    public async Task The_front_page_says_that_the_gateway_runs()
    {
        using var stranger = Stranger();
        Assert.Contains("The gateway is running", await stranger.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    private HttpClient Stranger() => new(new SocketsHttpHandler()) { BaseAddress = _gateway.Client.BaseAddress };

    private async Task<JsonDocument> HealthAsync(string path) => JsonDocument.Parse(await _gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative)));

    private static List<string> Models(JsonDocument answer, string kind) =>
        [.. answer.RootElement.GetProperty(kind).EnumerateArray().Select(endpoint => endpoint.GetProperty("model").GetString()!)];
}
