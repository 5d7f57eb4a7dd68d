using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatKit.Testing.Upstream;

/// <summary>A server that says when the first bytes of a body are there, and answers with how many there were in the end.</summary>
public sealed class CountingServer : IAsyncDisposable
{
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;

    private CountingServer(WebApplication app) => _app = app;

    /// <summary>Scheme, host and port.</summary>
    public string Address => _app.Urls.First().TrimEnd('/');

    /// <summary>Completes with the first bytes of the first body.</summary>
    public Task Began => _began.Task;

    public static async Task<CountingServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var server = new CountingServer(builder.Build());
        server._app.Run(server.CountAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CountAsync(HttpContext http)
    {
        var (buffer, total) = (new byte[16 * 1024], 0);
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is var count and > 0)
        {
            total += count;
            _began.TrySetResult();
        }

        await http.Response.WriteAsync($"{total}", http.RequestAborted);
    }
}
