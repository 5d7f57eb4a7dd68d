using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatKit.Testing.Webhooks;

/// <summary>Takes what somebody posts, and answers as the test says: with 200 unless <see cref="Answers"/> holds something else.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ReceivedWebhook> _received = Channel.CreateUnbounded<ReceivedWebhook>();

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(new Uri(_app.Urls.First()), "/hook");

    /// <summary>The statuses of the next answers.</summary>
    public Queue<int> Answers { get; } = new();

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next one. Waits for it, turning the clock meanwhile where <paramref name="turn"/> does.</summary>
    public async Task<ReceivedWebhook> NextAsync(Action? turn = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        ReceivedWebhook? next;
        while (!_received.Reader.TryRead(out next))
        {
            turn?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        return next;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        lock (Answers) http.Response.StatusCode = Answers.TryDequeue(out var status) ? status : StatusCodes.Status200OK;
        _received.Writer.TryWrite(new ReceivedWebhook(body, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
    }
}

/// <summary>One request.</summary>
public sealed record ReceivedWebhook(string Body, IReadOnlyDictionary<string, string> Headers);
