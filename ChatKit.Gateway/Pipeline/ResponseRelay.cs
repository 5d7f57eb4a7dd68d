using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Stage 9: the answer to the client. Its first byte is the commit point. A stream is flushed whenever the provider makes us wait, so that no event lies
/// here, and read only as fast as the client takes it.
/// </summary>
internal static class ResponseRelay
{
    /// <summary>Relays to the end. An error where the answer broke off; the client has been told inside it.</summary>
    public static async ValueTask<GatewayError?> RelayAsync(GatewayCall call, AttemptRun run, TimeProvider time)
    {
        var attempt = run.Attempt;
        call.Texts?.Take(attempt.Output.WrittenSpan);
        var charged = attempt.HasMore ? null : await run.ChargeAsync(null);
        WriteHead(call, attempt, charged, time);
        call.Http.Response.BodyWriter.Write(attempt.Output.WrittenSpan);
        var error = await IsGoneAsync(call, attempt) ? call.Gone : null;
        if (attempt.Form is AnswerForm.Document) return error;
        attempt.Commit();
        call.Commit();
        while (error is null && attempt.HasMore)
        {
            error = await KeepAlive.WaitAsync(call, attempt, time) ?? WriteMore(call, attempt);
            if (error is not null) Tell(call, attempt.Form, error);
            if (error is not null || !attempt.HasMore) await run.ChargeAsync(error);
            if (await IsGoneAsync(call, attempt)) error ??= call.Gone;
        }

        return error;
    }

    /// <summary>The head of the answer. It leaves with the first bytes of the body.</summary>
    /// <param name="call">The call.</param>
    /// <param name="attempt">The attempt that answers.</param>
    /// <param name="charged">What it came to, where that is known already: null for a stream.</param>
    /// <param name="time">The clock.</param>
    public static void WriteHead(GatewayCall call, UpstreamAttempt attempt, Attempt? charged, TimeProvider time)
    {
        var response = call.Http.Response;
        AnswerHeaders.Write(response.Headers, call, attempt, time);
        if (attempt.Form is AnswerForm.Document && charged?.Cost is { } cost) response.Headers[AnswerHeaders.Cost] = Dollars.Text(cost);
        if (attempt.Form is AnswerForm.Document)
        {
            response.ContentType = "application/json";
            response.ContentLength = attempt.Output.WrittenCount;
            return;
        }

        response.ContentType = attempt.Form is AnswerForm.Bytes ? attempt.Response!.ContentType : "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Events have one for errors. Sound has no word for it: the connection breaks, so that nobody takes what came for the whole.</summary>
    private static void Tell(GatewayCall call, AnswerForm form, GatewayError error)
    {
        if (form is AnswerForm.Bytes) call.Http.Abort();
        else ErrorResponse.WriteEvent(call.Http.Response.BodyWriter, error, call.Operation.Dialect);
    }

    /// <summary>Straight to the client, unless somebody wants to keep what goes there.</summary>
    private static GatewayError? WriteMore(GatewayCall call, UpstreamAttempt attempt)
    {
        if (call.Texts is not { } texts) return attempt.WriteMore(call.Http.Response.BodyWriter);
        using var piece = new PooledBuffer();
        var error = attempt.WriteMore(piece);
        texts.Take(piece.WrittenSpan);
        call.Http.Response.BodyWriter.Write(piece.WrittenSpan);
        return error;
    }

    /// <summary>Flushes, which waits where the client reads slowly. True where it does not read any more.</summary>
    public static async ValueTask<bool> IsGoneAsync(GatewayCall call, UpstreamAttempt attempt)
    {
        var flush = call.Http.Response.BodyWriter.FlushAsync();
        if (!flush.IsCompleted) attempt.Pause();
        return (await flush).IsCompleted;
    }
}
