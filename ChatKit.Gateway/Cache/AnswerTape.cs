using System.IO.Pipelines;
using ChatKit.Gateway.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Cache;

/// <summary>Takes down an answer on its way to the client, up to a length; whoever installed it decides at the end whether it was one worth keeping.</summary>
internal sealed class AnswerTape(IHttpResponseBodyFeature inner, int maxBytes) : PipeWriter, IHttpResponseBodyFeature, IDisposable
{
    private readonly PooledBuffer _taken = new();
    private Memory<byte> _handed;

    /// <summary>True where the answer was longer than is worth keeping.</summary>
    public bool IsTooLong { get; private set; }

    public ReadOnlyMemory<byte> Taken => _taken.WrittenMemory;

    public Stream Stream => inner.Stream;

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => inner.Writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.Writer.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _handed = inner.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (_taken.WrittenCount + bytes > maxBytes) IsTooLong = true;
        if (!IsTooLong) System.Buffers.BuffersExtensions.Write(_taken, _handed.Span[..bytes]);
        inner.Writer.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.Writer.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Writer.Complete(exception);

    public Task CompleteAsync() => inner.CompleteAsync();

    public void DisableBuffering() => inner.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => inner.SendFileAsync(path, offset, count, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public void Dispose() => _taken.Dispose();
}
