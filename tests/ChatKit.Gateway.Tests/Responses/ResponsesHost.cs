using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Responses;

/// <summary>
/// A gateway that keeps responses, in front of a provider that has the API (<c>native</c>) and one that has chat only (<c>translated</c>); can be started again
/// on the same database.
/// </summary>
internal sealed class ResponsesHost : IAsyncDisposable
{
    private readonly string? _databaseUrl;

    private ResponsesHost(FakeUpstream upstream, string? databaseUrl) => (Upstream, _databaseUrl) = (upstream, databaseUrl);

    public FakeUpstream Upstream { get; }

    public GatewayHost Gateway { get; private set; } = null!;

    public static Task<ResponsesHost> StartAsync(TempDatabase? database = null) => StartAsync(database?.Url);

    public static async Task<ResponsesHost> StartAsync(string? databaseUrl)
    {
        var host = new ResponsesHost(await FakeUpstream.StartAsync(new ResponsesDialect()), databaseUrl);
        await host.StartGatewayAsync();
        return host;
    }

    public async Task RestartAsync()
    {
        await Gateway.DisposeAsync();
        await StartGatewayAsync();
    }

    /// <summary>Makes a response; the model and the input among the members.</summary>
    public async Task<JsonElement> CreateAsync(string members) => await ReadAsync(await PostAsync("/v1/responses", $"{{{members}}}"));

    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Gateway.Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await Gateway.Client.GetAsync(new Uri(path, UriKind.Relative)));

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response) return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private async Task StartGatewayAsync() => Gateway = await GatewayHost.StartAsync(
        _databaseUrl is null ? [] : [new("DATABASE_URL", _databaseUrl)],
        new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0 },
        GatewayHost.At(Upstream, "n1") with { GroupName = "native" },
        GatewayHost.At(Upstream, "t1") with { GroupName = "translated", Provider = "custom_openai" });
}
