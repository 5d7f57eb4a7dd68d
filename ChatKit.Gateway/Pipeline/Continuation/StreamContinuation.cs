using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Pipeline.Continuation;

/// <summary>
/// Stage 9 with a net, for groups that opted in: a stream of text that breaks off in its middle goes on at another deployment of the group, which is told what was
/// already said. The client sees one answer, with the seam in a comment and in its last chunk; every attempt is settled for itself.
/// </summary>
internal sealed class StreamContinuation(Router router, AttemptStarter attempts, TimeProvider time)
{
    /// <summary>Gives the answer to the client, to its end.</summary>
    public ValueTask RelayAsync(GatewayCall call, CallRoute route, AttemptRun run) =>
        ContinuationPolicy.Applies(call, route) ? RelayContinuedAsync(call, route, run) : run.RelayAsync(time);

    private async ValueTask RelayContinuedAsync(GatewayCall call, CallRoute route, AttemptRun run)
    {
        using var scribe = new StreamScribe(call);
        if (await RelayAsync(call, route, run, scribe) is not { } error) return;
        ErrorResponse.WriteEvent(call.Http.Response.BodyWriter, error, call.Operation.Dialect);
        await call.Http.Response.BodyWriter.FlushAsync();
    }

    /// <summary>The error with which the answer ends for good; null where it came to its end.</summary>
    private async ValueTask<GatewayError?> RelayAsync(GatewayCall call, CallRoute route, AttemptRun run, StreamScribe scribe)
    {
        await run.RelayAsync(time, scribe);
        if (run.Outcome is not { } broken || !ContinuationPolicy.MayPass(broken) || !scribe.Answer.CanGoOn) return run.Outcome;
        // One that lost against its hedge may still be reading the body.
        await call.Loser;
        // Over and settled: what follows is another attempt's.
        run.Dispose();
        return await ContinueAsync(call, route, run.Attempt, broken, scribe);
    }

    private async ValueTask<GatewayError?> ContinueAsync(GatewayCall call, CallRoute route, UpstreamAttempt last, GatewayError broken, StreamScribe scribe)
    {
        var body = ContinuationRequest.Write(call.Body.Span, call.Envelope, scribe.Answer.Part);
        CallEnvelopeReader.Read(body.WrittenSpan, call.Operation.Input, out var envelope);
        call.Keep(body, body.WrittenMemory, envelope);
        while (!call.ClientLeft.IsCancellationRequested)
        {
            using var slot = router.PickAnother(route);
            if (slot.Deployment is not { } deployment) return broken;
            using var next = attempts.Begin(call, deployment, slot.Number, AttemptKind.Continuation);
            if (next is null || await KeepAlive.WaitAsync(call, next.OpenAsync(), time) is not null) continue;
            scribe.Continue(last, next.Attempt);
            return await RelayAsync(call, route, next, scribe);
        }

        return GatewayError.ClientLeft;
    }
}
