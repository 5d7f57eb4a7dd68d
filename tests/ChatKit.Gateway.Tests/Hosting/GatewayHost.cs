using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Testing.Upstream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.Gateway.Tests.Hosting;

/// <summary>The real gateway on a free port, with the deployments that a test gives it.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string MasterKey = "sk-master-0123456789abcdef";

    private readonly WebApplication _app;

    private GatewayHost(WebApplication app, LogLines logs)
    {
        _app = app;
        Logs = logs;
        Client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", MasterKey);
    }

    /// <summary>Calls the gateway with the master key.</summary>
    public HttpClient Client { get; }

    /// <summary>Everything that the gateway logged, down to Trace.</summary>
    public LogLines Logs { get; }

    public Uri Address => Client.BaseAddress!;

    public static Task<GatewayHost> StartAsync(params Deployment[] deployments) => StartAsync(new GatewaySettings { MasterKey = new Secret(MasterKey), Retries = 0 }, deployments);

    public static Task<GatewayHost> StartAsync(GatewaySettings settings, params Deployment[] deployments) => StartAsync([], settings, deployments);

    /// <summary>With configuration as the environment would give it.</summary>
    public static Task<GatewayHost> StartAsync(IEnumerable<KeyValuePair<string, string?>> configuration, GatewaySettings settings, params Deployment[] deployments) =>
        StartAsync(configuration, static _ => { }, settings, deployments);

    /// <summary>With services of the test's in place of the gateway's: another clock, somebody who listens.</summary>
    public static Task<GatewayHost> StartAsync(Action<IServiceCollection> services, GatewaySettings settings, params Deployment[] deployments) =>
        StartAsync([], services, settings, deployments);

    private static async Task<GatewayHost> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> configuration, Action<IServiceCollection> services, GatewaySettings settings, Deployment[] deployments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Directory.CreateTempSubdirectory("gateway-").FullName });
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.AddGateway();
        var logs = new LogLines();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new SnapshotHolder(Snapshot(settings, deployments)));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        services(builder.Services);
        var app = builder.Build().MapGateway();
        await app.StartAsync();
        return new GatewayHost(app, logs);
    }

    /// <summary>A part of the gateway.</summary>
    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A deployment that this gateway was given, by its id.</summary>
    public Deployment Deployment(string id) => _app.Services.GetRequiredService<SnapshotHolder>().Current.Deployments.Single(deployment => deployment.Id == id);

    /// <summary>A deployment of the group <c>gpt</c> at the fake upstream.</summary>
    public static Deployment At(FakeUpstream upstream, string id = "d1") => At(upstream.ApiBase, id);

    public static Deployment At(string apiBase, string id = "d1") => new()
    {
        Id = id,
        GroupName = "gpt",
        Provider = "openai",
        UpstreamModel = "gpt-4o-upstream",
        BaseAddress = new Uri(apiBase),
        ApiKey = new Secret(OpenAiDialect.Key),
        Timeouts = CallTimeouts.Default,
        GivenFacts = new ModelFacts { Prices = new ModelPrices { Input = 1, Output = 1 } },
    };

    /// <summary>Posts a chat completion.</summary>
    public Task<HttpResponseMessage> ChatAsync(string body, CancellationToken cancellationToken = default) => Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") },
        HttpCompletionOption.ResponseHeadersRead,
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static GatewaySnapshot Snapshot(GatewaySettings settings, Deployment[] deployments) => new()
    {
        Groups = deployments.GroupBy(d => d.GroupName).ToFrozenDictionary(g => g.Key, g => new ModelGroup(g.Key, [.. g])),
        WildcardGroups = [],
        Settings = settings,
    };
}
