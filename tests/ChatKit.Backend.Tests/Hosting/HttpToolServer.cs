using System.Text.Json;
using ChatKit.ToolServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>The test tools over streamable HTTP, a session per request; a key is asked for. It can be stopped and started again at its address.</summary>
internal sealed class HttpToolServer : IAsyncDisposable
{
    public const string Key = "Bearer tool-key";

    private WebApplication _app = null!;

    public Uri Url { get; private set; } = null!;

    public static async Task<HttpToolServer> StartAsync()
    {
        var server = new HttpToolServer();
        await server.StartAsync("http://127.0.0.1:0");
        return server;
    }

    public Task RestartAsync() => StartAsync(Url.GetLeftPart(UriPartial.Authority));

    public async Task StopAsync() => await _app.DisposeAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task StartAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        _app = builder.Build();
        _app.MapPost("/mcp", (RequestDelegate)AnswerAsync);
        await _app.StartAsync();
        Url = new Uri($"{_app.Urls.First()}/mcp");
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization != Key)
        {
            http.Response.StatusCode = 401;
            return;
        }

        var message = await JsonSerializer.DeserializeAsync(http.Request.Body, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)), http.RequestAborted);
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, TestTools.Options());
        var running = server.RunAsync(http.RequestAborted);
        http.Response.ContentType = "text/event-stream";
        if (!await transport.HandlePostRequestAsync(message!, http.Response.Body, http.RequestAborted))
            http.Response.StatusCode = 202;
        await transport.DisposeAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
