using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.Sse;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Responses;

/// <summary>
/// Reads a response on its way to the client, whole or as the last event of a stream, and has it kept before its end is flushed: a client that goes on from it
/// at once finds it. What the client gets is what is kept, whoever answered.
/// </summary>
internal sealed class AnswerRecorder(HttpContext http, IHttpResponseBodyFeature inner, Func<JsonElement, string?, ValueTask> keep) : PipeWriter, IHttpResponseBodyFeature, IDisposable
{
    private readonly PooledBuffer _document = new();
    private SseReader? _events;
    private Memory<byte> _handed;
    private JsonElement? _answer;
    private bool _kept;

    public Stream Stream => inner.Stream;

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => inner.Writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.Writer.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _handed = inner.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (http.Response.StatusCode is StatusCodes.Status200OK && _answer is null) Read(_handed.Span[..bytes]);
        inner.Writer.Advance(bytes);
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_answer is { } answer && !_kept)
        {
            _kept = true;
            await keep(answer, http.Response.Headers["x-litellm-model-id"]);
        }

        return await inner.Writer.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Writer.Complete(exception);

    public Task CompleteAsync() => inner.CompleteAsync();

    public void DisableBuffering() => inner.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => inner.SendFileAsync(path, offset, count, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public void Dispose()
    {
        _document.Dispose();
        _events?.Dispose();
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        if (http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) is true)
        {
            ReadEvents(bytes);
            return;
        }

        _document.Write(bytes);
        if (_document.WrittenCount == http.Response.ContentLength) _answer = Parse(_document.WrittenMemory);
    }

    private void ReadEvents(ReadOnlySpan<byte> bytes)
    {
        _events ??= new SseReader();
        while (!bytes.IsEmpty && !_events.IsFull)
        {
            var room = _events.GetMemory().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            _events.Advance(count);
            bytes = bytes[count..];
            while (_events.TryRead(out var next))
                if (IsLast(next.Type.Span) && Parse(next.Data) is { ValueKind: JsonValueKind.Object } last && last.TryGetProperty("response", out var answer))
                    _answer = answer;
        }
    }

    private static bool IsLast(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8) || type.SequenceEqual("response.failed"u8);

    /// <summary>Null where a provider's bytes, which passed as they came, are not what they should be: then there is nothing to keep.</summary>
    private static JsonElement? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth + 8 });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
