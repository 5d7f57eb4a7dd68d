using System.Collections.Concurrent;
using System.Text;
using ChatKit.Gateway.Config;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>
/// Two hundred streams are open while the file changes twenty times, each time to other deployments. Ten streams begin on each version; five of them are in the middle of
/// their answer when it is replaced, and five have none yet and will be tried again.
/// </summary>
public sealed class ReloadUnderLoadTests : IAsyncLifetime
{
    private const string Key = "sk-master-0123456789";
    private const int Versions = 20;
    private const int StreamsEach = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConfigFolder _folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", Key);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, bool> _failed = new();
    private readonly SemaphoreSlim _held = new(0);
    private FakeUpstream _upstream = null!;
    private ConfiguredGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _upstream.Always = AnswerAsync;
        Write(0);
        // The clock stands still, so that the file is looked at when the test says so.
        _gateway = await ConfiguredGateway.StartAsync(_folder, Key, static services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50))));
        _gateway.Client.Timeout = Patience;
    }

    public async Task DisposeAsync()
    {
        _go.TrySetResult();
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_stream_is_broken_and_each_ends_on_the_version_that_it_began_with()
    {
        var streams = new List<Task<(int Version, string Deployment, string Text)>>();
        for (var version = 0; version < Versions; version++)
        {
            for (var i = 0; i < StreamsEach; i++) streams.Add(StreamAsync(version, fails: i % 2 == 0, $"{version}/{i}"));
            for (var i = 0; i < StreamsEach; i++) Assert.True(await _held.WaitAsync(Patience), "the provider has not got all calls");
            Reload(version + 1);
        }

        Assert.All(streams, stream => Assert.False(stream.IsCompleted));
        _go.SetResult();
        foreach (var (version, deployment, text) in await Task.WhenAll(streams).WaitAsync(Patience))
        {
            Assert.StartsWith($"v{version}-", deployment, StringComparison.Ordinal);
            Assert.Contains($"\" m{version}\"", text, StringComparison.Ordinal);
            Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"error\"", text, StringComparison.Ordinal);
        }

        Assert.Equal(Versions * StreamsEach / 2, _failed.Count);
        Assert.Equal(Versions * StreamsEach * 3 / 2, _upstream.Requests.Count);
        // Who comes now gets the newest.
        Assert.Equal(Versions, (await StreamAsync(Versions, fails: false, "last")).Version);
    }

    private async Task<(int Version, string Deployment, string Text)> StreamAsync(int version, bool fails, string name)
    {
        var body = $$"""{"model":"gpt","messages":[{"role":"user","content":"{{(fails ? "fail " : "")}}{{name}}"}],"stream":true}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return (version, response.Headers.GetValues("x-litellm-model-id").Single(), await response.Content.ReadAsStringAsync());
    }

    /// <summary>Half of the streams get the first half of an answer; the others nothing, then an error, and their answer when they are tried again.</summary>
    private async Task AnswerAsync(ReceivedRequest request, HttpContext http)
    {
        var question = request.Json.GetProperty("messages")[0].GetProperty("content").GetString()!;
        var events = OpenAiReplies.Stream($"I am model {request.Json.GetProperty("model").GetString()}", "m", withUsage: false).ToList();
        if (question.StartsWith("fail", StringComparison.Ordinal) && _failed.TryAdd(question, true))
        {
            _held.Release();
            await _go.Task.WaitAsync(http.RequestAborted);
            await Replies.HtmlError(503)(request, http);
            return;
        }

        await Replies.Sse(events.Take(2), SseEnd.Close)(request, http);
        if (!_go.Task.IsCompleted) _held.Release();
        await _go.Task.WaitAsync(http.RequestAborted);
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(events.Skip(2))), http.RequestAborted);
    }

    /// <summary>The gateway looks twice: a change counts once it has stood still.</summary>
    private void Reload(int version)
    {
        Write(version);
        var reloader = _gateway.Services.GetServices<IHostedService>().OfType<ConfigurationReloader>().Single();
        reloader.Look();
        reloader.Look();
        Assert.StartsWith($"v{version}-", _gateway.Services.GetRequiredService<SnapshotHolder>().Current.Groups["gpt"].Deployments[0].Id, StringComparison.Ordinal);
    }

    private void Write(int version) => _folder.With("config.yaml",
        $$"""
        model_list:
          - { model_name: gpt, litellm_params: { model: openai/m{{version}}, api_base: "{{_upstream.ApiBase}}", api_key: {{_upstream.ApiKey}} }, model_info: { id: v{{version}}-a } }
          - { model_name: gpt, litellm_params: { model: openai/m{{version}}, api_base: "{{_upstream.ApiBase}}", api_key: {{_upstream.ApiKey}} }, model_info: { id: v{{version}}-b } }
        router_settings: { num_retries: 1, disable_cooldowns: true }
        """);
}
