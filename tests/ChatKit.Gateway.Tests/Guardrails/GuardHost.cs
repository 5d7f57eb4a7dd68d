using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Guardrails;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Guardrails;

/// <summary>A gateway with guardrails in front of one provider.</summary>
internal sealed class GuardHost : IAsyncDisposable
{
    private GuardHost(FakeUpstream upstream, GatewayHost gateway) => (Upstream, Gateway) = (upstream, gateway);

    public FakeUpstream Upstream { get; }

    public GatewayHost Gateway { get; }

    public static GuardrailSettings Pii(GuardrailModes modes = GuardrailModes.PreCall) => new("pii", "pii", modes, DefaultOn: true)
    {
        Unmasks = true,
        Rules = [new("EMAIL_ADDRESS", DetectorKind.Email, Blocks: false), new("CREDIT_CARD", DetectorKind.Card, Blocks: false)],
    };

    public static GuardrailSettings Words(GuardrailModes modes, bool blocks = true, bool defaultOn = true) => new("words", "litellm_content_filter", modes, defaultOn)
    {
        Rules = [new("keyword", DetectorKind.Words, blocks) { Words = ["forbidden"], Tag = "[KEYWORD_REDACTED]" }],
    };

    public static async Task<GuardHost> StartAsync(Subject? subject, UpstreamDialect? dialect, CacheSettings? cache, params GuardrailSettings[] guardrails)
    {
        var upstream = await FakeUpstream.StartAsync(subject?.Dialect ?? dialect);
        var settings = new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0, Guardrails = guardrails, Cache = cache };
        return new GuardHost(upstream, await GatewayHost.StartAsync(settings, subject?.At(upstream) ?? GatewayHost.At(upstream)));
    }

    public static Task<GuardHost> StartAsync(params GuardrailSettings[] guardrails) => StartAsync(null, null, null, guardrails);

    public async Task<Told> PostAsync(string path, string body)
    {
        using var response = await Gateway.Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
        return new Told((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("x-litellm-applied-guardrails", out var applied) ? applied.Single() : null);
    }

    public Task<Told> ChatAsync(string question, string members = "") =>
        PostAsync("/v1/chat/completions", $$"""{"model":"gpt","messages":[{"role":"user","content":{{JsonText(question)}}}]{{(members.Length > 0 ? "," + members : "")}}}""");

    public static string JsonText(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>What the client was told.</summary>
    internal sealed record Told(int Status, string Body, string? Applied)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

        public IReadOnlyList<JsonElement> Events =>
            [.. Body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<JsonElement>(line["data: ".Length..]))];

        public string Said => Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

        /// <summary>The text of a streamed chat.</summary>
        public string Streamed => string.Concat(Events.Where(data => data.TryGetProperty("choices", out _)).SelectMany(data => data.GetProperty("choices").EnumerateArray())
            .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : ""));
    }
}
