using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>A gateway with a cache in front of one provider.</summary>
internal sealed class CacheHost : IAsyncDisposable
{
    private CacheHost(FakeUpstream upstream, GatewayHost gateway) => (Upstream, Gateway) = (upstream, gateway);

    public FakeUpstream Upstream { get; }

    public GatewayHost Gateway { get; }

    /// <summary>How often the provider was asked.</summary>
    public int Asked => Upstream.Requests.Count;

    public static async Task<CacheHost> StartAsync(
        CacheSettings? cache = null, UpstreamDialect? dialect = null, Subject? subject = null, Action<IServiceCollection>? services = null)
    {
        var upstream = await FakeUpstream.StartAsync(subject?.Dialect ?? dialect);
        var deployment = subject?.At(upstream) ?? GatewayHost.At(upstream);
        var settings = new GatewaySettings
        {
            MasterKey = new Secret(GatewayHost.MasterKey),
            Retries = 0,
            Cache = cache ?? new CacheSettings(),
            Callbacks = new CallbackSettings { Prometheus = new PrometheusSettings() },
        };
        return new CacheHost(upstream, await GatewayHost.StartAsync(services ?? (static _ => { }), settings, deployment));
    }

    public async Task<Told> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Gateway.Client.SendAsync(request);
        return new Told(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("x-litellm-cache-key", out var keys) ? keys.Single() : null,
            response.Headers.TryGetValues("x-litellm-response-cost", out var costs) ? costs.Single() : null,
            response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>A chat with these members beside its model.</summary>
    public Task<Told> ChatAsync(string members = "", string question = "hi") =>
        PostAsync("/v1/chat/completions", $$"""{"model":"gpt","messages":[{"role":"user","content":"{{question}}"}]{{(members.Length > 0 ? "," + members : "")}}}""");

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>What the client was told.</summary>
    internal sealed record Told(int Status, string Body, string? Key, string? Cost, string? MediaType)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

        /// <summary>The data of each event that is JSON.</summary>
        public IReadOnlyList<JsonElement> Events =>
            [.. Body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]))];

        /// <summary>What a chat said, whole or streamed.</summary>
        public string Said => MediaType is "text/event-stream"
            ? string.Concat(Events.SelectMany(data => data.GetProperty("choices").EnumerateArray()).Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : ""))
            : Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }
}
