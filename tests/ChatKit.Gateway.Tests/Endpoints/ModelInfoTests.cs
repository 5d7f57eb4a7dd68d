using System.Net;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Endpoints;

public sealed class ModelInfoTests : IAsyncLifetime
{
    private readonly ConfigFolder _folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", "sk-1234").With(
        "config.yaml",
        """
        model_list:
          - model_name: smart
            litellm_params: { model: openai/gpt-4o, api_key: sk-openai-very-secret-1, rpm: 100, tpm: 1000, temperature: 0.5,
                              extra_headers: { x-team: headers-are-hidden-2 }, api_base: "https://me:password-in-url-3@api.example.com/v1?key=query-is-secret-4" }
            model_info: { id: smart-1, team_note: hello, input_cost_per_token: 9e-6 }
          - model_name: smart
            litellm_params: { model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY, mock_response: hi, rpm: 50 }
            model_info: { id: smart-2 }
          - model_name: mystery
            litellm_params: { model: hosted_vllm/own, api_base: http://10.0.0.1 }
          - model_name: "wild/*"
            litellm_params: { model: "groq/*", api_key: sk-groq-very-secret-5, aws_session_token: session-secret-6 }
        """);

    private ConfiguredGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await ConfiguredGateway.StartAsync(_folder, "sk-1234");

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/model/info")]
    [InlineData("/v1/model/info")]
    public async Task Every_deployment_is_there_in_LiteLLMs_shape(string path)
    {
        var data = await DataAsync(path);

        Assert.Equal(4, data.Count);
        var smart = data.Single(entry => Id(entry) == "smart-1");
        Assert.Equal("smart", smart.GetProperty("model_name").GetString());
        Assert.Equal("openai/gpt-4o", smart.GetProperty("litellm_params").GetProperty("model").GetString());
        Assert.Equal(0.5, smart.GetProperty("litellm_params").GetProperty("temperature").GetDouble());
        var info = smart.GetProperty("model_info");
        Assert.Equal(("hello", "chat", "openai"), (info.GetProperty("team_note").GetString(), info.GetProperty("mode").GetString(), info.GetProperty("litellm_provider").GetString()));
        Assert.Equal((128_000, 16_384, 16_384), (Number(info, "max_input_tokens"), Number(info, "max_output_tokens"), Number(info, "max_tokens")));
        Assert.Equal((9e-6, 1e-5), (info.GetProperty("input_cost_per_token").GetDouble(), info.GetProperty("output_cost_per_token").GetDouble()));
        Assert.True(info.GetProperty("supports_vision").GetBoolean());
    }

    [Fact]
    public async Task No_credential_is_shown_wherever_it_stands()
    {
        var text = await _gateway.Client.GetStringAsync(new Uri("/model/info", UriKind.Relative));

        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("password", text, StringComparison.Ordinal);
        Assert.Contains("os.environ/ANTHROPIC_API_KEY", text, StringComparison.Ordinal);
        Assert.Contains("https://api.example.com/v1\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_knows_is_null()
    {
        var info = (await DataAsync("/model/info")).Single(entry => entry.GetProperty("model_name").GetString() == "mystery").GetProperty("model_info");

        foreach (var name in (string[])["input_cost_per_token", "max_input_tokens", "supports_vision", "mode", "rpm"])
            Assert.Equal(JsonValueKind.Null, info.GetProperty(name).ValueKind);
    }

    [Fact]
    public async Task One_deployment_can_be_asked_for()
    {
        Assert.Equal("smart-2", Id(Assert.Single(await DataAsync("/model/info?litellm_model_id=smart-2"))));
        using var unknown = await _gateway.Client.GetAsync(new Uri("/model/info?litellm_model_id=nobody", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("Model id = nobody not found", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_is_the_live_one()
    {
        var deployment = Deployment("smart-2");
        deployment.State.Cool(new Cooldown(TimeProvider.System.GetUtcNow().AddHours(1), 429, "it is at its rate limit"));
        using var answer = await _gateway.ChatAsync("smart-2");
        (await _gateway.ChatAsync("smart")).Dispose();

        var state = Assert.Single(await DataAsync("/model/info?litellm_model_id=smart-2")).GetProperty("state");

        Assert.Equal("it is at its rate limit", state.GetProperty("cooldown_reason").GetString());
        Assert.True(state.GetProperty("cooling_until").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        Assert.Equal(0, state.GetProperty("in_flight").GetInt32());
    }

    [Fact]
    public async Task Calls_are_counted_where_they_go()
    {
        using var folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", "sk-1234").With("config.yaml", "model_list: [{ model_name: m, litellm_params: { model: openai/x, mock_response: hi }, model_info: { id: m-1 } }]");
        await using var gateway = await ConfiguredGateway.StartAsync(folder, "sk-1234", services => services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider()));
        for (var i = 0; i < 3; i++) (await gateway.ChatAsync("m")).EnsureSuccessStatusCode().Dispose();

        using var json = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/model/info", UriKind.Relative)));
        var state = json.RootElement.GetProperty("data")[0].GetProperty("state");

        Assert.Equal((3, 3, 0), (Number(state, "requests_this_minute"), Number(state, "successes_this_minute"), Number(state, "in_flight")));
        Assert.True(state.GetProperty("tokens_this_minute").GetInt64() > 0);
        Assert.True(state.TryGetProperty("seconds_per_token", out _));
    }

    [Fact]
    public async Task A_group_has_the_sum_the_largest_and_the_union()
    {
        var group = Assert.Single(await DataAsync("/model_group/info?model_group=smart"));

        Assert.Equal(["openai", "anthropic"], group.GetProperty("providers").EnumerateArray().Select(provider => provider.GetString()));
        Assert.Equal((200_000, 64_000, 150, 1000), (Number(group, "max_input_tokens"), Number(group, "max_output_tokens"), Number(group, "rpm"), Number(group, "tpm")));
        Assert.Equal((9e-6, 1.5e-5), (group.GetProperty("input_cost_per_token").GetDouble(), group.GetProperty("output_cost_per_token").GetDouble()));
        Assert.True(group.GetProperty("supports_reasoning").GetBoolean());
        Assert.Equal((2, 2), (Number(group.GetProperty("state"), "deployments"), Number(group.GetProperty("state"), "available")));
    }

    [Fact]
    public async Task Every_offered_group_is_listed_and_a_pattern_by_its_models()
    {
        var groups = (await DataAsync("/model_group/info")).Select(group => group.GetProperty("model_group").GetString()).ToList();

        Assert.Contains("smart", groups);
        Assert.Contains("wild/llama-3.3-70b-versatile", groups);
        Assert.Equal(131_072, Number(Assert.Single(await DataAsync("/model_group/info?model_group=wild/llama-3.3-70b-versatile")), "max_input_tokens"));
        Assert.Empty(await DataAsync("/model_group/info?model_group=nobody"));
    }

    [Theory]
    [InlineData("/model/info")]
    [InlineData("/model_group/info")]
    public async Task A_key_is_asked_for(string path)
    {
        using var stranger = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _gateway.Client.BaseAddress };
        using var answer = await stranger.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Deployment Deployment(string id) => _gateway.Services.GetRequiredService<SnapshotHolder>().Current.Deployments.Single(deployment => deployment.Id == id);

    private async Task<List<JsonElement>> DataAsync(string path)
    {
        using var json = JsonDocument.Parse(await _gateway.Client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(entry => entry.Clone())];
    }

    private static string? Id(JsonElement entry) => entry.GetProperty("model_info").GetProperty("id").GetString();

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
