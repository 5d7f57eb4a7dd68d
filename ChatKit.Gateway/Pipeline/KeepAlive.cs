using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// <c>sse_keepalive_ping_interval_seconds</c>: a comment whenever a stream has been silent for so long, for the proxies between the client and us that close
/// silent connections (https://docs.litellm.ai/docs/proxy/timeout). Only once the answer has begun: before, silence ends in a true status; and never in sound, which has no comments.
/// </summary>
internal static class KeepAlive
{
    /// <summary>Waits for more of a stream, and pings meanwhile where that is configured.</summary>
    public static ValueTask<GatewayError?> WaitAsync(GatewayCall call, UpstreamAttempt attempt, TimeProvider time)
    {
        var more = attempt.WaitForMoreAsync();
        return attempt.Form is AnswerForm.Bytes ? more : WaitAsync(call, more, time);
    }

    /// <summary>Waits for anything that a stream which has begun depends on.</summary>
    public static ValueTask<GatewayError?> WaitAsync(GatewayCall call, ValueTask<GatewayError?> more, TimeProvider time) =>
        more.IsCompleted || call.Snapshot.Settings.KeepAlive is not { } interval ? more : PingAsync(call, more.AsTask(), interval, time);

    private static async ValueTask<GatewayError?> PingAsync(GatewayCall call, Task<GatewayError?> more, TimeSpan interval, TimeProvider time)
    {
        var client = call.Http.Response.BodyWriter;
        using var timer = new PeriodicTimer(interval, time);
        while (true)
        {
            await Task.WhenAny(more, timer.WaitForNextTickAsync().AsTask());
            if (more.IsCompleted) return await more;
            client.Write(": ping\n\n"u8);
            // Where nobody reads any more, the wait ends too: the client's leaving cancels it.
            await client.FlushAsync();
        }
    }
}
