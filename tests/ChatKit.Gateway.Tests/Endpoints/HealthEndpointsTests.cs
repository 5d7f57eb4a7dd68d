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
              - { model_name: pictures, litellm_params: { model: openai/e, api_key: k }, model_info: { mode: image_generation } }
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

    [Fact]
    public async Task What_was_not_asked_says_why()
    {
        using var answer = await HealthAsync("/health");
        var reasons = answer.RootElement.GetProperty("skipped_endpoints").EnumerateArray().Select(endpoint => endpoint.GetProperty("reason").GetString()).Order();
        Assert.Equal(["a model of mode image_generation has no cheap call", "model_info.health_check_model does not say which of its models to call"], reasons);
    }

    [Fact]
    public async Task A_failure_has_the_status_as_LiteLLM_names_it()
    {
        using var answer = await HealthAsync("/health?model=bad-key");
        var endpoint = answer.RootElement.GetProperty("unhealthy_endpoints")[0];
        Assert.Equal((401, "chat", "bad-key"), (endpoint.GetProperty("exception_status").GetInt32(), endpoint.GetProperty("mode").GetString(), endpoint.GetProperty("model_group").GetString()));
    }

    /// <summary>Nobody answers there; what counts is which call was made.</summary>
    [Theory]
    [InlineData("hosted_vllm", "completion", "/v1/completions")]
    [InlineData("hosted_vllm", "embedding", "/v1/embeddings")]
    [InlineData("openai", "moderation", "/v1/moderations")]
    [InlineData("hosted_vllm", "rerank", "/v1/rerank")]
    [InlineData("hosted_vllm", "responses", "/v1/chat/completions")]
    public async Task Each_mode_has_its_own_cheap_call(string provider, string mode, string path)
    {
        using var folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", "sk-1234").With(
            "config.yaml",
            $"model_list: [{{ model_name: m, litellm_params: {{ model: {provider}/e, api_base: {_upstream.ApiBase}, api_key: {OpenAiDialect.Key} }}, model_info: {{ mode: {mode} }} }}]");
        await using var gateway = await ConfiguredGateway.StartAsync(folder, "sk-1234");
        using var answer = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/health", UriKind.Relative)));

        Assert.Equal(path, Assert.Single(_upstream.Requests).Path);
        Assert.Empty(answer.RootElement.GetProperty("skipped_endpoints").EnumerateArray());
    }

    [Fact]
    public async Task A_model_is_checked_by_what_is_known_of_it()
    {
        using var folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", "sk-1234").With(
            "config.yaml",
            $"model_list: [{{ model_name: m, litellm_params: {{ model: openai/text-embedding-3-small, api_base: {_upstream.ApiBase}, api_key: {OpenAiDialect.Key} }} }}]");
        await using var gateway = await ConfiguredGateway.StartAsync(folder, "sk-1234");
        await gateway.Client.GetStringAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal("/v1/embeddings", Assert.Single(_upstream.Requests).Path);
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
