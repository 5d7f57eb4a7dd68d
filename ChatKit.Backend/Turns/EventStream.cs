using System.Buffers;
using ChatKit.Backend.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Backend.Turns;

/// <summary>
/// The answer on the wire: <c>data: {"type":…}</c> and a blank line per event, flushed at once, ended by closing. A comment goes out whenever nothing else
/// did for a while, so that no proxy takes a thinking model for a dead connection.
/// </summary>
internal sealed class EventStream : ITurnEvents, IAsyncDisposable
{
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

    public Task SendAsync(ThreadEvent threadEvent, CancellationToken cancel) => WriteAsync(output => EventFrame.Write(output, threadEvent), cancel);

    /// <summary>Sends frames that were made before, together.</summary>
    public Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> frames, CancellationToken cancel) => WriteAsync(
        output =>
        {
            foreach (var frame in frames)
                output.Write(frame.Span);
        },
        cancel);

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
                await WriteAsync(static output => output.Write(": still here\n\n"u8), closed);
        }
    }

    private async Task WriteAsync(Action<IBufferWriter<byte>> write, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            write(_response.BodyWriter);
            await _response.BodyWriter.FlushAsync(cancel);
            Volatile.Write(ref _lastWrite, _time.GetTimestamp());
        }
        finally
        {
            _writing.Release();
        }
    }
}
