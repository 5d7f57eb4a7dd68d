using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatKit.Testing.Otlp;

/// <summary>
/// An OpenTelemetry collector for tests: takes OTLP over HTTP with protocol buffers on a free port of this machine and keeps what arrived.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = [];
    private readonly ConcurrentQueue<ReceivedPoint> _points = [];
    private readonly ConcurrentQueue<ReceivedLog> _logs = [];
    private int _requests;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/v1/traces", context => ReceiveAsync(context, OtlpDecoder.Spans, _spans));
        _app.MapPost("/v1/metrics", context => ReceiveAsync(context, OtlpDecoder.Points, _points));
        _app.MapPost("/v1/logs", context => ReceiveAsync(context, OtlpDecoder.Logs, _logs));
    }

    private delegate List<T> Decode<T>(ReadOnlySpan<byte> request);

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Endpoint => _app.Urls.Single();

    /// <summary>The variables that point a service here, to be put into its configuration or environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    /// <summary>Export requests so far, of any signal.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public IReadOnlyCollection<ReceivedPoint> Points => _points;

    public IReadOnlyCollection<ReceivedLog> Logs => _logs;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until what arrived satisfies <paramref name="done"/>; telemetry comes in batches.</summary>
    public async Task WaitForAsync(Func<OtlpReceiver, bool> done)
    {
        for (var started = Stopwatch.GetTimestamp(); !done(this);)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"Not received. Spans: {string.Join(", ", Spans.Select(span => span.Name))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync<T>(HttpContext context, Decode<T> decode, ConcurrentQueue<T> into)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var record in decode(body.ToArray()))
        {
            into.Enqueue(record);
        }

        Interlocked.Increment(ref _requests);
        context.Response.ContentType = "application/x-protobuf";
    }
}
