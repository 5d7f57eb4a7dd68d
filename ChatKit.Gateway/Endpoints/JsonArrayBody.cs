using System.Text;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// A response body that turns server-sent events into one JSON array, an element as soon as it is there: how Google's APIs stream to clients that do not ask for
/// events (https://cloud.google.com/apis/design/custom_methods, <c>alt=json</c>). An answer that is no stream, such as an error, passes as it is.
/// </summary>
internal sealed class JsonArrayBody(HttpResponse response) : Stream
{
    private readonly Stream _client = response.Body;
    private readonly SseReader _events = new();
    private bool _isStream;
    private bool _begun;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin();
        if (!_isStream)
        {
            await _client.WriteAsync(buffer, cancellationToken);
            return;
        }

        while (!buffer.IsEmpty)
        {
            var room = _events.GetMemory();
            var count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            _events.Advance(count);
            buffer = buffer[count..];
            while (_events.TryRead(out var next)) await WriteElementAsync(next.Data, cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _client.FlushAsync(cancellationToken);

    /// <summary>Ends the array, where one was begun.</summary>
    public async ValueTask CloseAsync()
    {
        if (!_isStream) return;
        // The error that ends a stream is bare JSON.
        if (_events.TryReadLast(out var last)) await WriteElementAsync(last.Data.IsEmpty ? last.Raw : last.Data, CancellationToken.None);
        await _client.WriteAsync(Encoding.UTF8.GetBytes(_begun ? "\n]" : "[]"));
    }

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _events.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The pipeline has set the head by the first byte, and it has not left yet.</summary>
    private void Begin()
    {
        if (response.HasStarted || response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) is not true) return;
        _isStream = true;
        response.ContentType = "application/json; charset=UTF-8";
    }

    private async ValueTask WriteElementAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (json.IsEmpty || json.Span[0] is not (byte)'{') return;
        await _client.WriteAsync(Encoding.UTF8.GetBytes(_begun ? "\n,\n" : "["), cancellationToken);
        await _client.WriteAsync(json, cancellationToken);
        _begun = true;
    }
}
