using System.Text.Json;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.Health;

/// <summary><c>background_health_checks</c> and what hangs on them, with a clock that only the test moves.</summary>
public sealed class BackgroundHealthTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ConfigFolder _folder = new();
    private FakeUpstream _good = null!;
    private FakeUpstream _bad = null!;

    public async Task InitializeAsync()
    {
        (_good, _bad) = (await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync());
        _bad.Always = Replies.Status(400, """{"error":{"message":"this model is retired","type":"invalid_request_error"}}""");
    }

    public async Task DisposeAsync()
    {
        await _good.DisposeAsync();
        await _bad.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Health_tells_what_the_checks_found_and_calls_nobody()
    {
        await using var gateway = await StartAsync("background_health_checks: true");
        await FirstRoundAsync();

        for (var i = 0; i < 3; i++)
        {
            using var answer = await HealthAsync(gateway);
            Assert.Equal("m-good", answer.RootElement.GetProperty("healthy_endpoints")[0].GetProperty("model_id").GetString());
            Assert.Contains("this model is retired", answer.RootElement.GetProperty("unhealthy_endpoints")[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal((1, 1), (_good.Requests.Count, _bad.Requests.Count));
    }

    [Fact]
    public async Task A_round_begins_when_the_interval_is_over()
    {
        await using var gateway = await StartAsync("background_health_checks: true, health_check_interval: 60");
        await FirstRoundAsync();
        using var first = await HealthAsync(gateway);

        _time.Advance(TimeSpan.FromSeconds(59));
        using var none = await HealthAsync(gateway);
        Assert.Single(_good.Requests);

        _time.Advance(TimeSpan.FromSeconds(1));
        await _good.NextRequestAsync();
        await _bad.NextRequestAsync();
        Assert.Equal((2, 2), (_good.Requests.Count, _bad.Requests.Count));
    }

    [Fact]
    public async Task Details_can_be_kept_back()
    {
        await using var gateway = await StartAsync("background_health_checks: true, health_check_details: false");
        await FirstRoundAsync();
        using var answer = await HealthAsync(gateway);

        Assert.Equal("""{"model":"openai/bad"}""", answer.RootElement.GetProperty("unhealthy_endpoints")[0].GetRawText());
    }

    [Fact]
    public async Task An_unhealthy_deployment_gets_no_calls_while_another_is_healthy()
    {
        await using var gateway = await StartAsync("background_health_checks: true, enable_health_check_routing: true");
        await FirstRoundAsync();
        using var known = await HealthAsync(gateway);

        for (var i = 0; i < 20; i++) (await gateway.ChatAsync("m")).EnsureSuccessStatusCode().Dispose();

        Assert.Single(_bad.Requests);
        Assert.Equal(21, _good.Requests.Count);
    }

    [Fact]
    public async Task Without_the_switch_the_checks_do_not_guide_calls()
    {
        await using var gateway = await StartAsync("background_health_checks: true");
        await FirstRoundAsync();
        using var known = await HealthAsync(gateway);

        for (var i = 0; i < 40 && _bad.Requests.Count == 1; i++) (await gateway.ChatAsync("m")).Dispose();

        Assert.True(_bad.Requests.Count > 1, "forty calls in a row went to the same of two deployments");
    }

    [Fact]
    public async Task A_deployment_that_is_healthy_again_gets_calls_again()
    {
        await using var gateway = await StartAsync("background_health_checks: true, enable_health_check_routing: true, health_check_interval: 60");
        await FirstRoundAsync();
        using var before = await HealthAsync(gateway);
        _bad.Always = _good.Always;
        _time.Advance(TimeSpan.FromSeconds(61));
        await _bad.NextRequestAsync();
        using var after = await HealthAsync(gateway, answer => answer.RootElement.GetProperty("healthy_count").GetInt32() == 2);

        for (var i = 0; i < 40 && _bad.Requests.Count == 2; i++) (await gateway.ChatAsync("m")).EnsureSuccessStatusCode().Dispose();

        Assert.True(_bad.Requests.Count > 2, "forty calls in a row went to the same of two deployments");
        Assert.Contains(gateway.Logs.All, line => line.Contains("m-bad of m is healthy again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deployment_can_be_left_out_of_the_rounds()
    {
        await using var gateway = await StartAsync("background_health_checks: true", "disable_background_health_check: true");
        await _good.NextRequestAsync();
        using var answer = await HealthAsync(gateway, _ => true);

        Assert.Empty(_bad.Requests);
        Assert.Contains(
            answer.RootElement.GetProperty("skipped_endpoints").EnumerateArray(),
            endpoint => endpoint.GetProperty("reason").GetString() == "model_info.disable_background_health_check is true");
    }

    [Fact]
    public void Guiding_calls_without_checks_is_told() => Assert.Equal(
        ["config.yaml:2 general_settings.enable_health_check_routing: has no effect without general_settings.background_health_checks: nothing would be known"],
        ConfigFolder.WarningsOf("model_list: []\ngeneral_settings: { enable_health_check_routing: true }"));

    private Task<ConfiguredGateway> StartAsync(string general, string badInfo = "") => ConfiguredGateway.StartAsync(
        _folder.Set("LITELLM_MASTER_KEY", "sk-1234").With(
            "config.yaml",
            $$"""
            model_list:
              - { model_name: m, litellm_params: { model: openai/good, api_key: {{OpenAiDialect.Key}}, api_base: {{_good.ApiBase}} }, model_info: { id: m-good } }
              - { model_name: m, litellm_params: { model: openai/bad, api_key: {{OpenAiDialect.Key}}, api_base: {{_bad.ApiBase}} }, model_info: { id: m-bad, {{badInfo}} } }
            router_settings: { num_retries: 0 }
            general_settings: { {{general}} }
            """),
        "sk-1234",
        services => services.AddSingleton<TimeProvider>(_time));

    private async Task FirstRoundAsync()
    {
        await _good.NextRequestAsync();
        await _bad.NextRequestAsync();
    }

    /// <summary>Asks until the answers that the fake providers have given are there; by default, until both are known.</summary>
    private static async Task<JsonDocument> HealthAsync(ConfiguredGateway gateway, Func<JsonDocument, bool>? until = null)
    {
        until ??= answer => answer.RootElement.GetProperty("skipped_endpoints").GetArrayLength() == 0;
        for (var tries = 0; ; tries++)
        {
            var answer = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri("/health", UriKind.Relative)));
            if (until(answer)) return answer;
            Assert.True(tries < 5000, $"the background check never came to an end: {answer.RootElement}");
            answer.Dispose();
            await Task.Yield();
        }
    }
}
