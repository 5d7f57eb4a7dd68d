using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Guardrails;
using ChatKit.Gateway.Guardrails.Texts;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.Sse;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Pipeline.Guarding;

/// <summary>Asks those who judge answers. The refusal, or the texts as they shall be.</summary>
internal delegate ValueTask<(GatewayError? Error, string[]? Replaced)> JudgeAnswer(GatewayCall call, GuardedCall guarded, string[] texts);

/// <summary>
/// The last station of an answer before its client. A document is read whole; a stream goes on event by event, as far as it is certain; where somebody judges it, it is
/// held to its end. A refusal is a status while nothing has left, and the stream's error event afterwards; then nothing more leaves.
/// </summary>
internal sealed class GuardedAnswer(GatewayCall call, GuardedCall guarded, IHttpResponseBodyFeature inner, JudgeAnswer judge) : PipeWriter, IHttpResponseBodyFeature, IDisposable
{
    private readonly PooledBuffer _incoming = new();
    private readonly SseReader _events = new();
    private StreamRewrite? _rewrite;
    private string? _contentType;
    private bool _isOver;

    public Stream Stream => inner.Stream;

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _incoming.WrittenCount;

    private HttpResponse Response => call.Http.Response;

    /// <summary>As the head said when the first of the answer came here: whoever makes an array of a stream behind this changes it on the way.</summary>
    private string ContentType => _contentType ??= Response.ContentType ?? "";

    private bool IsStream => ContentType.StartsWith("text/event-stream", StringComparison.Ordinal);

    private bool IsDocument => ContentType.StartsWith("application/json", StringComparison.Ordinal);

    private bool IsText => ContentType.StartsWith("text/", StringComparison.Ordinal);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _incoming.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _incoming.GetSpan(sizeHint);

    public override void Advance(int bytes) => _incoming.Advance(bytes);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (call.Blocked is not null && _isOver) return new FlushResult(isCanceled: false, isCompleted: true);
        if (Response.StatusCode != StatusCodes.Status200OK || _isOver) return await PassAsync(cancellationToken);
        if (await guarded.During is { } refused) return await RefuseAsync(refused);
        if (IsDocument) return _incoming.WrittenCount < (Response.ContentLength ?? 0) ? default : await PassDocumentAsync(cancellationToken);
        if (IsStream && guarded.Judges.Count == 0) return await PassEventsAsync(cancellationToken);
        if (!IsStream && !IsText) return await PassAsync(cancellationToken);
        // Held to its end.
        return _incoming.WrittenCount <= call.Snapshot.Settings.MaxResponseBytes ? default : await RefuseAsync(TransportErrors.TooLarge);
    }

    /// <summary>Nothing more comes: what was held leaves.</summary>
    public async ValueTask EndAsync()
    {
        if (_isOver || Response.StatusCode != StatusCodes.Status200OK || call.Http.RequestAborted.IsCancellationRequested) return;
        if (IsStream) await EndStreamAsync();
        else if (IsText && _incoming.WrittenCount > 0) await PassTextAsync();
        _isOver = true;
    }

    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Writer.Complete(exception);

    public Task CompleteAsync() => inner.CompleteAsync();

    public void DisableBuffering() => inner.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => inner.SendFileAsync(path, offset, count, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public void Dispose()
    {
        _incoming.Dispose();
        _events.Dispose();
    }

    private ValueTask<FlushResult> PassAsync(CancellationToken cancellationToken)
    {
        inner.Writer.Write(_incoming.WrittenSpan);
        _incoming.Clear();
        return inner.Writer.FlushAsync(cancellationToken);
    }

    private async ValueTask<FlushResult> PassDocumentAsync(CancellationToken cancellationToken)
    {
        if (!JsonUnicode.IsJson(_incoming.WrittenSpan)) return await PassAsync(cancellationToken);
        var found = FoundTexts.OfAnswer(_incoming.WrittenSpan);
        if (guarded.Judges.Count > 0)
        {
            var (error, replaced) = await judge(call, guarded, found.Texts);
            if (error is not null) return await RefuseAsync(error);
            replaced?.CopyTo(found.Texts, 0);
        }

        for (var i = 0; i < found.Texts.Length; i++)
        {
            var text = guarded.Texts.OpenAnswer(found.IsJson(i)).Push(found.Texts[i], isEnd: true);
            if (text != found.Texts[i]) found.Texts[i] = text;
        }

        if (guarded.Texts.Blocker is { } blocker) return await RefuseAsync(GuardErrors.Found(blocker));
        using var document = new PooledBuffer(_incoming.WrittenCount + 256);
        found.Write(_incoming.WrittenSpan, document);
        _incoming.Clear();
        Response.ContentLength = document.WrittenCount;
        inner.Writer.Write(document.WrittenSpan);
        return await inner.Writer.FlushAsync(cancellationToken);
    }

    private async ValueTask<FlushResult> PassEventsAsync(CancellationToken cancellationToken)
    {
        if (!TryRewrite(inner.Writer)) return await RefuseAsync(GuardErrors.Found(guarded.Texts.Blocker!));
        return await inner.Writer.FlushAsync(cancellationToken);
    }

    /// <summary>False where something was found that ends the stream: then nothing of the event that has it was written.</summary>
    private bool TryRewrite(IBufferWriter<byte> output)
    {
        _rewrite ??= new StreamRewrite(StreamTexts.For(call.Operation.Dialect), guarded.Texts.OpenAnswer);
        using var rewritten = new PooledBuffer();
        foreach (var next in Events())
        {
            rewritten.Clear();
            _rewrite.Write(next, rewritten);
            if (guarded.Texts.Blocker is not null) return false;
            output.Write(rewritten.WrittenSpan);
        }

        return true;
    }

    private IEnumerable<SseEvent> Events()
    {
        var rest = _incoming.WrittenMemory;
        while (!rest.IsEmpty)
        {
            var room = _events.GetMemory();
            var count = Math.Min(room.Length, rest.Length);
            rest[..count].CopyTo(room);
            rest = rest[count..];
            _events.Advance(count);
            while (_events.TryRead(out var next)) yield return next;
        }

        _incoming.Clear();
    }

    private async ValueTask EndStreamAsync()
    {
        if (await guarded.During is { } refused)
        {
            await RefuseAsync(refused);
            return;
        }

        if (guarded.Judges.Count > 0 && await JudgeStreamAsync() is { } error)
        {
            await RefuseAsync(error);
            return;
        }

        using var last = new PooledBuffer();
        var isFine = TryRewrite(inner.Writer);
        if (isFine) _rewrite!.End(last);
        // A bare error breaks into Google's stream, and has no blank line behind it.
        if (isFine && _events.TryReadLast(out var bare)) last.Write(bare.Raw.Span);
        if (guarded.Texts.Blocker is { } blocker)
        {
            await RefuseAsync(GuardErrors.Found(blocker));
            return;
        }

        inner.Writer.Write(last.WrittenSpan);
        await inner.Writer.FlushAsync();
    }

    /// <summary>Has the held stream judged as the texts that it adds up to.</summary>
    private async ValueTask<GatewayError?> JudgeStreamAsync()
    {
        var heard = new List<StringBuilder>();
        using var reader = new SseReader();
        var transcript = new StreamRewrite(StreamTexts.For(call.Operation.Dialect), _ =>
        {
            var text = new StringBuilder();
            heard.Add(text);
            return new TextChain([], piece =>
            {
                text.Append(piece);
                return piece;
            });
        });
        using var nowhere = new PooledBuffer();
        foreach (var piece in _incoming.WrittenMemory.ToArray().Chunk(2048))
        {
            piece.CopyTo(reader.GetMemory());
            reader.Advance(piece.Length);
            while (reader.TryRead(out var next)) transcript.Write(next, nowhere);
            nowhere.Clear();
        }

        var (error, replaced) = await judge(call, guarded, [.. heard.Select(static text => text.ToString())]);
        if (error is not null || replaced is null) return error;
        var number = 0;
        // The texts are opened in the same order again; the first piece says all of it.
        _rewrite = new StreamRewrite(StreamTexts.For(call.Operation.Dialect), isJson =>
        {
            string? text = replaced[number++];
            return guarded.Texts.OpenAnswer(isJson, _ => Interlocked.Exchange(ref text, null) ?? "");
        });
        return null;
    }

    private async ValueTask PassTextAsync()
    {
        var text = Encoding.UTF8.GetString(_incoming.WrittenSpan);
        if (guarded.Judges.Count > 0)
        {
            var (error, replaced) = await judge(call, guarded, [text]);
            if (error is not null)
            {
                await RefuseAsync(error);
                return;
            }

            text = replaced?[0] ?? text;
        }

        text = guarded.Texts.OpenAnswer(isJson: false).Push(text, isEnd: true);
        if (guarded.Texts.Blocker is { } blocker)
        {
            await RefuseAsync(GuardErrors.Found(blocker));
            return;
        }

        Response.ContentLength = null;
        inner.Writer.Write(Encoding.UTF8.GetBytes(text));
        await inner.Writer.FlushAsync();
    }

    private async ValueTask<FlushResult> RefuseAsync(GatewayError error)
    {
        call.Blocked = error;
        _isOver = true;
        _incoming.Clear();
        if (Response.HasStarted)
        {
            ErrorResponse.WriteEvent(inner.Writer, error, call.Operation.Dialect);
            await inner.Writer.FlushAsync();
        }
        else
        {
            Response.ContentLength = null;
            await ErrorResponse.WriteAsync(call.Http, error, call.Operation.Dialect, call.Id, inner.Writer);
        }

        return new FlushResult(isCanceled: false, isCompleted: true);
    }
}
