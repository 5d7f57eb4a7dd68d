using System.Buffers;
using System.Text.Json;
using ChatKit.Backend.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Backend.Turns;

/// <summary>
/// The answer on the wire: <c>data: {"type":…}</c> and a blank line per event, flushed at once, ended by closing. A comment goes out whenever nothing else
/// did for a while, so that no proxy takes a thinking model for a dead connection.
/// </summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = RawTextEncoder.Instance, SkipValidation = true };

    private readonly HttpResponse _response;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _heartbeat;
    private long _lastWrite;

    private EventStream(HttpResponse response, TimeProvider time)
    {
        (_response, _time, _lastWrite) = (response, time, time.GetTimestamp());
        _heartbeat = BeatAsync(_closed.Token);
    }

    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(15);

    public static EventStream Open(HttpContext http, TimeProvider time)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return new EventStream(http.Response, time);
    }

    public Task SendAsync(ThreadEvent threadEvent, CancellationToken cancel) => WriteAsync(threadEvent, cancel);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
        _writing.Dispose();
    }

    private async Task BeatAsync(CancellationToken closed)
    {
        while (true)
        {
            var due = Silence - _time.GetElapsedTime(Volatile.Read(ref _lastWrite));
            if (due > TimeSpan.Zero)
                await Task.Delay(due, _time, closed);
            else
                await WriteAsync(null, closed);
        }
    }

    private async Task WriteAsync(ThreadEvent? threadEvent, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            var output = _response.BodyWriter;
            if (threadEvent is null)
                output.Write(": still here\n\n"u8);
            else
                Frame(output, threadEvent);
            await output.FlushAsync(cancel);
            Volatile.Write(ref _lastWrite, _time.GetTimestamp());
        }
        finally
        {
            _writing.Release();
        }
    }

    private static void Frame(IBufferWriter<byte> output, ThreadEvent threadEvent)
    {
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output, Json))
        {
            JsonSerializer.Serialize(json, threadEvent, Wire.Json.ThreadEvent);
        }

        output.Write("\n\n"u8);
    }
}
