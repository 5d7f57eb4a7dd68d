using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatKit.Bench.Scale.Chat;

/// <summary>
/// Plays the gateway: every answer streams so many tokens, one each 20 ms. A token is the moment at which it was sent and its number, so that whoever gets it knows how
/// long it took and whether one is missing.
/// </summary>
internal sealed class SteadyProvider : IAsyncDisposable
{
    public const int Tokens = 250;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;

    private SteadyProvider(WebApplication app) => _app = app;

    public string ApiBase => $"{_app.Urls.First()}/v1";

    public static async Task<SteadyProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/v1/models", static () => Results.Text("""{"object":"list","data":[{"id":"demo","object":"model","created":1760000000,"owned_by":"bench"}]}""", "application/json"));
        app.MapPost("/v1/chat/completions", StreamAsync);
        await app.StartAsync();
        return new SteadyProvider(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task StreamAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        using var timer = new PeriodicTimer(Interval);
        await SayAsync(http, """{"role":"assistant","content":""}""", "null");
        for (var number = 0; number < Tokens; number++)
        {
            await timer.WaitForNextTickAsync(http.RequestAborted);
            await SayAsync(http, string.Create(CultureInfo.InvariantCulture, $$"""{"content":"{{Stopwatch.GetTimestamp()}}:{{number}} "}"""), "null");
        }

        await SayAsync(http, "{}", "\"stop\"");
        await http.Response.WriteAsync("data: [DONE]\n\n", http.RequestAborted);
    }

    private static async Task SayAsync(HttpContext http, string delta, string reason)
    {
        await http.Response.WriteAsync(
            $$"""data: {"id":"c","object":"chat.completion.chunk","created":1760000000,"model":"demo","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{reason}}}]}""" + "\n\n",
            http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
