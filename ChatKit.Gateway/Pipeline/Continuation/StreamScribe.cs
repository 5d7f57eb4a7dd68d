using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Pipeline.Continuation;

/// <summary>Relays a stream as <see cref="ResponseRelay"/> does, and takes down what it says, so that another attempt can go on with it.</summary>
internal sealed class StreamScribe(GatewayCall call) : IDisposable
{
    private readonly PooledBuffer _incoming = new();
    private SseReader _reader = new();
    private bool _begun;

    public SpokenAnswer Answer { get; } = new();

    /// <summary>Relays one attempt to its end. An error where it broke off, which the client has not been told yet.</summary>
    public async ValueTask<GatewayError?> RelayAsync(AttemptRun run, TimeProvider time)
    {
        var attempt = run.Attempt;
        if (!_begun) ResponseRelay.WriteHead(call, attempt, charged: null, time);
        _begun = true;
        var error = await PassAsync(attempt.Output.WrittenMemory, run, null) ? call.Gone : null;
        attempt.Commit();
        while (error is null && attempt.HasMore)
        {
            error = await KeepAlive.WaitAsync(call, attempt, time) ?? attempt.WriteMore(_incoming);
            if (await PassAsync(_incoming.WrittenMemory, run, error)) error ??= call.Gone;
            _incoming.Clear();
        }

        return error;
    }

    /// <summary>Marks the seam: what follows is another deployment's.</summary>
    public void Continue(UpstreamAttempt broken, UpstreamAttempt next)
    {
        Answer.Seams.Add(broken.Usage, Answer.Part, Answer.Length, next.Deployment);
        Answer.BeginPart();
        // Half an event may lie here; it was never the client's.
        _reader.Dispose();
        _reader = new SseReader();
        var name = ProviderHeaders.IsPrintable(next.Deployment.Id) ? next.Deployment.Id : Uri.EscapeDataString(next.Deployment.Id);
        Encoding.ASCII.GetBytes($": chatkit: the answer broke off, {name} goes on\n\n", call.Http.Response.BodyWriter);
    }

    public void Dispose()
    {
        _incoming.Dispose();
        _reader.Dispose();
    }

    /// <summary>True where nobody reads any more.</summary>
    private async ValueTask<bool> PassAsync(ReadOnlyMemory<byte> written, AttemptRun run, GatewayError? error)
    {
        call.Texts?.Take(written.Span);
        while (!written.IsEmpty)
        {
            var room = _reader.GetMemory();
            var count = Math.Min(room.Length, written.Length);
            written[..count].CopyTo(room);
            written = written[count..];
            _reader.Advance(count);
            while (_reader.TryRead(out var next)) Answer.Pass(next, call.Http.Response.BodyWriter);
        }

        if (error is null && !run.Attempt.HasMore) await run.ChargeAsync(null);
        return await ResponseRelay.IsGoneAsync(call, run.Attempt);
    }
}
