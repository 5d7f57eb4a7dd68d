using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys;

/// <summary>A gateway with a database, in front of a fake provider: the models <c>fast</c>, <c>smart</c> and <c>openai/*</c>, and the master key to make others with.</summary>
internal sealed class KeyedGateway : IAsyncDisposable
{
    public const string MasterKey = "sk-master-0123456789abcdef";

    private readonly ConfigFolder _folder;

    private KeyedGateway(ConfigFolder folder, ConfiguredGateway gateway) => (_folder, Gateway) = (folder, gateway);

    public ConfiguredGateway Gateway { get; }

    public HttpClient Client => Gateway.Client;

    public static async Task<KeyedGateway> StartAsync(FakeUpstream upstream, string databaseUrl, string settings = "", TimeProvider? time = null, string? masterKey = MasterKey)
    {
        var folder = new ConfigFolder().Set("LITELLM_MASTER_KEY", masterKey).Set("DATABASE_URL", databaseUrl).With(
            "config.yaml",
            $$"""
            model_list:
              - { model_name: fast, litellm_params: { model: openai/gpt-fast, api_key: {{OpenAiDialect.Key}}, api_base: {{upstream.ApiBase}} }, model_info: { id: fast-1, access_groups: [cheap] } }
              - { model_name: smart, litellm_params: { model: openai/gpt-smart, api_key: {{OpenAiDialect.Key}}, api_base: {{upstream.ApiBase}} } }
              - { model_name: "openai/*", litellm_params: { model: "openai/*", api_key: {{OpenAiDialect.Key}}, api_base: {{upstream.ApiBase}} } }
            {{settings}}
            """);
        var gateway = await ConfiguredGateway.StartAsync(folder, key: null, time is null ? null : services => services.AddSingleton(time));
        return new KeyedGateway(folder, gateway);
    }

    /// <summary>Makes a key with the master key; returns its text.</summary>
    public async Task<string> KeyAsync(string members = "{}") => (await PostAsync("/key/generate", members)).GetProperty("key").GetString()!;

    /// <summary>An administrative request that succeeds.</summary>
    public async Task<JsonElement> PostAsync(string path, string body, string key = MasterKey)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, key, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} {body}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    public async Task<JsonElement> GetAsync(string path, string key = MasterKey)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, key);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>A request that is refused.</summary>
    public async Task<ErrorAnswer> RefusedAsync(HttpMethod method, string path, string key, string? body = null)
    {
        using var answer = await SendAsync(method, path, key, body);
        Assert.False(answer.IsSuccessStatusCode, $"{method} {path} {body} was served");
        return await ErrorAnswer.ReadAsync(answer);
    }

    /// <summary>The status of a chat; above it the type of the error.</summary>
    public async Task<string> ChatAsync(string key, string model = "fast", string more = "")
    {
        using var answer = await SendAsync(HttpMethod.Post, "/v1/chat/completions", key, $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]{{more}}}""");
        Assert.True(answer.StatusCode is not System.Net.HttpStatusCode.InternalServerError, $"{Gateway.Logs}");
        return answer.IsSuccessStatusCode ? "200" : $"{(int)answer.StatusCode} {(await ErrorAnswer.ReadAsync(answer)).Type}";
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string key, string? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _folder.Dispose();
    }
}
