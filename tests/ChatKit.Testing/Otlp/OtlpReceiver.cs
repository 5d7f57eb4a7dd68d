using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ChatKit.Testing.Otlp;

/// <summary>
/// An OpenTelemetry collector for tests: takes OTLP on a free port of this machine, over HTTP or gRPC, and keeps what arrived.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private const string Service = "/opentelemetry.proto.collector";

    private readonly WebApplication _app;
    private readonly string _protocol;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = [];
    private readonly ConcurrentQueue<ReceivedPoint> _points = [];
    private readonly ConcurrentQueue<ReceivedLog> _logs = [];

    private OtlpReceiver(HttpProtocols http, string protocol)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = http));
        builder.Logging.ClearProviders();
        _protocol = protocol;
        _app = builder.Build();
        _app.MapPost("/v1/traces", context => ReceiveAsync(context, OtlpDecoder.Spans, _spans));
        _app.MapPost("/api/public/otel/v1/traces", context =>
        {
            Authorization = context.Request.Headers.Authorization;
            return ReceiveAsync(context, OtlpDecoder.Spans, _spans);
        });
        _app.MapPost("/v1/metrics", context => ReceiveAsync(context, OtlpDecoder.Points, _points));
        _app.MapPost("/v1/logs", context => ReceiveAsync(context, OtlpDecoder.Logs, _logs));
        _app.MapPost($"{Service}.trace.v1.TraceService/Export", context => ReceiveGrpcAsync(context, OtlpDecoder.Spans, _spans));
        _app.MapPost($"{Service}.metrics.v1.MetricsService/Export", context => ReceiveGrpcAsync(context, OtlpDecoder.Points, _points));
        _app.MapPost($"{Service}.logs.v1.LogsService/Export", context => ReceiveGrpcAsync(context, OtlpDecoder.Logs, _logs));
    }

    private delegate List<T> Decode<T>(ReadOnlySpan<byte> request);

    /// <summary>The variables that point a service here, to be put into its configuration or environment; batches are sent quickly.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = _protocol,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    /// <summary>Scheme, host and port.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>How whoever sent spans to Langfuse's path presented themselves.</summary>
    public string? Authorization { get; private set; }

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public IReadOnlyCollection<ReceivedPoint> Points => _points;

    public IReadOnlyCollection<ReceivedLog> Logs => _logs;

    /// <summary>Takes <c>http/protobuf</c>.</summary>
    public static Task<OtlpReceiver> StartAsync() => StartAsync(new(HttpProtocols.Http1, "http/protobuf"));

    /// <summary>Takes <c>grpc</c>, as Aspire's dashboard does.</summary>
    public static Task<OtlpReceiver> StartGrpcAsync() => StartAsync(new(HttpProtocols.Http2, "grpc"));

    /// <summary>Waits until what arrived satisfies <paramref name="done"/>; telemetry comes in batches.</summary>
    public async Task WaitForAsync(Func<OtlpReceiver, bool> done)
    {
        for (var started = Stopwatch.GetTimestamp(); !done(this);)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"Not received. Spans: {string.Join(", ", Spans.Select(span => span.Name))}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<OtlpReceiver> StartAsync(OtlpReceiver receiver)
    {
        await receiver._app.StartAsync();
        return receiver;
    }

    private static async Task ReceiveAsync<T>(HttpContext context, Decode<T> decode, ConcurrentQueue<T> into)
    {
        Keep(await BodyAsync(context), decode, into);
        context.Response.ContentType = "application/x-protobuf";
    }

    /// <summary>A unary call: message and answer are framed by one byte of flags and four of length; the status comes as a trailer.</summary>
    private static async Task ReceiveGrpcAsync<T>(HttpContext context, Decode<T> decode, ConcurrentQueue<T> into)
    {
        Keep((await BodyAsync(context)).AsSpan(5), decode, into);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static void Keep<T>(ReadOnlySpan<byte> request, Decode<T> decode, ConcurrentQueue<T> into)
    {
        foreach (var record in decode(request))
            into.Enqueue(record);
    }
}
