using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// Stage 9: the answer to the client. Its first byte is the commit point. A stream is flushed whenever the provider makes us wait, so that no event lies
/// here, and read only as fast as the client takes it.
/// </summary>
internal static class ResponseRelay
{
    /// <summary>Relays to the end. An error where the answer broke off; the client has been told inside it.</summary>
    public static async ValueTask<GatewayError?> RelayAsync(GatewayCall call, UpstreamAttempt attempt, TimeProvider time)
    {
        WriteHead(call, attempt, time);
        var error = await WriteAsync(call, attempt);
        if (attempt.Form is AnswerForm.Document) return error;
        attempt.Commit();
        call.Commit();
        while (error is null && attempt.HasMore)
        {
            error = await KeepAlive.WaitAsync(call, attempt, time) ?? attempt.WriteMore(call.Http.Response.BodyWriter);
            if (error is not null) Tell(call, attempt.Form, error);
            if (await IsGoneAsync(call, attempt)) error ??= GatewayError.ClientLeft;
        }

        return error;
    }

    /// <summary>The head of the answer. It leaves with the first bytes of the body.</summary>
    public static void WriteHead(GatewayCall call, UpstreamAttempt attempt, TimeProvider time)
    {
        var response = call.Http.Response;
        AnswerHeaders.Write(response.Headers, call, attempt, time);
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

    private static async ValueTask<GatewayError?> WriteAsync(GatewayCall call, UpstreamAttempt attempt)
    {
        call.Http.Response.BodyWriter.Write(attempt.Output.WrittenSpan);
        return await IsGoneAsync(call, attempt) ? GatewayError.ClientLeft : null;
    }

    /// <summary>Flushes, which waits where the client reads slowly. True where it does not read any more.</summary>
    public static async ValueTask<bool> IsGoneAsync(GatewayCall call, UpstreamAttempt attempt)
    {
        var flush = call.Http.Response.BodyWriter.FlushAsync();
        if (!flush.IsCompleted) attempt.Pause();
        return (await flush).IsCompleted;
    }
}
