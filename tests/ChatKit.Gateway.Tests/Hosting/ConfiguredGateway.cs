using System.Net.Http.Headers;
using System.Text;
using ChatKit.Gateway.Tests.Config;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.Gateway.Tests.Hosting;

/// <summary>The real gateway on a free port, configured as people configure it: by file and environment.</summary>
internal sealed class ConfiguredGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConfiguredGateway(WebApplication app) => _app = app;

    public HttpClient Client { get; } = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(30) };

    public IServiceProvider Services => _app.Services;

    /// <summary>Everything that the gateway logged.</summary>
    public LogLines Logs { get; } = new();

    public static async Task<ConfiguredGateway> StartAsync(ConfigFolder folder, string? key = null, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder.Root });
        builder.Configuration.AddConfiguration(folder.Configuration());
        builder.AddGateway();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        replace?.Invoke(builder.Services);
        var gateway = new ConfiguredGateway(builder.Build().MapGateway());
        gateway._app.Services.GetRequiredService<ILoggerFactory>().AddProvider(gateway.Logs);
        await gateway._app.StartAsync();
        gateway.Client.BaseAddress = new Uri(gateway._app.Urls.First());
        if (key is not null)
            gateway.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return gateway;
    }

    public Task<HttpResponseMessage> ChatAsync(string model) => Client.PostAsync(
        new Uri("/v1/chat/completions", UriKind.Relative),
        new StringContent($$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""", Encoding.UTF8, "application/json"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
