using ChatKit.Gateway.Routing.Sharing;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing.Sharing;

/// <summary>One of several gateways with the same file and the same Redis.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly ConfigFolder _folder;

    private Replica(ConfigFolder folder, ConfiguredGateway gateway) => (_folder, Gateway) = (folder, gateway);

    public ConfiguredGateway Gateway { get; }

    /// <summary>Two deployments of the group m: <c>m-a</c> and <c>m-b</c>. The clock stands, so that no minute ends during a test; timers run.</summary>
    public static async Task<Replica> StartAsync(FakeUpstream a, FakeUpstream b, int redisPort, string router = "num_retries: 1", string limits = "", bool isPatient = false)
    {
        var folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", "sk-1234").With(
            "config.yaml",
            $$"""
            model_list:
              - { model_name: m, litellm_params: { model: openai/a, {{limits}} api_key: {{OpenAiDialect.Key}}, api_base: {{a.ApiBase}} }, model_info: { id: m-a } }
              - { model_name: m, litellm_params: { model: openai/b, {{limits}} api_key: {{OpenAiDialect.Key}}, api_base: {{b.ApiBase}} }, model_info: { id: m-b } }
            router_settings: { redis_host: 127.0.0.1, redis_port: {{redisPort}}, cooldown_time: 600, {{router}} }
            """);
        return new Replica(folder, await ConfiguredGateway.StartAsync(folder, "sk-1234", services => services.AddSingleton<TimeProvider>(new StandingClock(isPatient))));
    }

    public async Task<HttpResponseMessage> ChatAsync() => await Gateway.ChatAsync("m");

    public async Task<JsonElement> StateAsync(string id)
    {
        using var json = JsonDocument.Parse(await Gateway.Client.GetStringAsync(new Uri($"/model/info?litellm_model_id={id}", UriKind.Relative)));
        return json.RootElement.GetProperty("data")[0].GetProperty("state").Clone();
    }

    /// <summary>Waits until the other replicas' news have come.</summary>
    public async Task<JsonElement> StateAsync(string id, Func<JsonElement, bool> until)
    {
        for (var tries = 0; ; tries++)
        {
            var state = await StateAsync(id);
            if (until(state)) return state;
            Assert.True(tries < 600, $"the news never came: {state}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Waits until Redis has answered.</summary>
    public async Task ConnectedAsync()
    {
        var shared = Gateway.Services.GetRequiredService<SharedRoutingState>();
        for (var tries = 0; shared.Board is null; tries++)
        {
            Assert.True(tries < 600, "Redis never answered");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async Task LogsAsync(string text)
    {
        for (var tries = 0; !Gateway.Logs.All.Any(line => line.Contains(text, StringComparison.Ordinal)); tries++)
        {
            Assert.True(tries < 600, $"'{text}' is not in the log: {Gateway.Logs}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The same moment for every replica of a test; timers and measured durations are real.</summary>
    private sealed class StandingClock(bool isPatient) : TimeProvider
    {
        /// <summary>A slow machine must not look like a slow Redis where a test counts to the call.</summary>
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, isPatient && dueTime == SharedMinutes.Patience ? TimeSpan.FromMinutes(1) : dueTime, period);

        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 30, TimeSpan.Zero);
    }
}
