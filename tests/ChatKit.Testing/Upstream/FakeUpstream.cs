using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// A model provider on a real Kestrel and a free port. It refuses what the real one refuses (see its <see cref="UpstreamDialect"/>), answers what the test
/// scripted, and remembers every request. Scripted replies are used in order; after the last one <see cref="Always"/> answers.
/// </summary>
public sealed class FakeUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly UpstreamDialect _dialect;
    private readonly ConcurrentQueue<Reply> _script = new();
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly ConcurrentQueue<ReceivedRequest> _notAwaited = new();

    private FakeUpstream(WebApplication app, UpstreamDialect dialect)
    {
        _app = app;
        _dialect = dialect;
        Always = dialect.DefaultReply;
    }

    /// <summary>Scheme, host and port, without a path or trailing slash.</summary>
    public string Address => _app.Urls.First().TrimEnd('/');

    /// <summary>What a client calls <c>api_base</c>: the address with the dialect's prefix (<c>/v1</c>).</summary>
    public string ApiBase => Address + _dialect.BasePath;

    /// <summary>The only key that is let in.</summary>
    public string ApiKey => _dialect.ApiKey;

    /// <summary>What answers once the script is used up; at first, the dialect's friendly text, plain or streamed as the request says.</summary>
    public Reply Always { get; set; }

    /// <summary>Every request so far, refused ones included, in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => [.. _received];

    /// <summary>Starts a strict OpenAI chat completions provider, or another dialect.</summary>
    public static async Task<FakeUpstream> StartAsync(UpstreamDialect? dialect = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
            // Providers send what they like.
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });
        builder.Services.AddRouting();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var app = builder.Build();
        var upstream = new FakeUpstream(app, dialect ?? new OpenAiDialect());
        app.Run(upstream.HandleAsync);
        await app.StartAsync();
        return upstream;
    }

    /// <summary>Adds replies to the script, one per request to come.</summary>
    public FakeUpstream Then(params ReadOnlySpan<Reply> replies)
    {
        foreach (var reply in replies) _script.Enqueue(reply);
        return this;
    }

    /// <summary>Waits for the next request that no one has waited for yet.</summary>
    public async Task<ReceivedRequest> NextRequestAsync(TimeSpan? patience = null)
    {
        if (!await _arrivals.WaitAsync(patience ?? TimeSpan.FromSeconds(10)))
            throw new TimeoutException("No request reached the fake upstream.");
        return _notAwaited.TryDequeue(out var request) ? request : throw new InvalidOperationException("An arrival without a request.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _arrivals.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var request = await ReceivedRequest.ReadAsync(http, _dialect.LongestKept);
        _received.Enqueue(request);
        _notAwaited.Enqueue(request);
        _arrivals.Release();
        var reply = _dialect.Refuse(request) ?? (_script.TryDequeue(out var scripted) ? scripted : Always);
        try
        {
            await reply(request, http);
            request.MarkAnswered();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client left, or the reply cut the connection on purpose: what the test wanted to see.
        }
    }
}
