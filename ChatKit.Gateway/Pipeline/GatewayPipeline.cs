using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline.Caching;
using ChatKit.Gateway.Pipeline.Continuation;
using ChatKit.Gateway.Pipeline.Explain;
using ChatKit.Gateway.Pipeline.Guarding;
using ChatKit.Gateway.Pipeline.Hedging;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Sharing;
using ChatKit.Gateway.Telemetry;
using ChatKit.Gateway.Telemetry.Prometheus;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// The spine: every stage of a call, in order, in one method. Up to the relay a failure is a value and becomes a status; from the relay's first byte on the
/// client has its answer, and nothing is tried again.
/// </summary>
internal sealed class GatewayPipeline(
    SnapshotHolder snapshots, Admission admission, Router router, AttemptStarter attempts, HedgedAttempts hedging, StreamContinuation relay, ResponseConversation conversation,
    CallGuard guard, AnswerCache cache,
    SharedMinutes minutes, PrometheusMetrics metrics, TimeProvider time)
{
    /// <param name="http">The request, already routed to an endpoint.</param>
    /// <param name="operation">The API that the endpoint serves.</param>
    /// <param name="modelOfPath">The model, where the path names it.</param>
    public async Task RunAsync(HttpContext http, Operation operation, string? modelOfPath)
    {
        using var call = new GatewayCall(http, operation, snapshots.Current, time.GetTimestamp());
        using var counted = metrics.Begin(call.Snapshot.Settings.Callbacks.Prometheus);
        var error = await AnswerAsync(call, modelOfPath);
        await guard.EndAsync(call);
        if (error is not null && !http.Response.HasStarted) RouteHeader.Write(http.Response.Headers, call, open: null);
        if (error is not null) await ErrorResponse.WriteAsync(http, error, operation.Dialect, call.Id);
        if (call.Route?.Trace is { } trace) RouteEvents.Add(trace);
        var duration = time.GetElapsedTime(call.StartedAt);
        CallMetrics.Record(GenAi.Operation(operation), call.Match?.Group.Name, duration, call.LastAttempt, error ?? call.Blocked);
        counted.Ended(new CallFact(call.Caller, call.EndUser, call.AskedGroup, call.LastAttempt, duration, error ?? call.Blocked), http);
    }

    private async ValueTask<GatewayError?> AnswerAsync(GatewayCall call, string? modelOfPath)
    {
        if (await admission.AdmitAsync(call) is { } denied) return denied;
        if (await RequestReader.ReadAsync(call, modelOfPath) is { } unreadable) return unreadable;
        if (ModelResolver.Resolve(call, modelOfPath) is { } unknown) return unknown;
        if (await admission.ReserveAsync(call) is { } refused) return refused;
        call.Texts = CallTexts.Of(call);
        if (call.Operation == Operation.Responses && await conversation.PrepareAsync(call) is { } notKept) return notKept;
        if (await guard.CheckAsync(call) is { } blocked) return blocked;
        var (isAnswered, wrong) = await cache.TryAnswerAsync(call);
        if (isAnswered || wrong is not null) return wrong;
        var error = await router.RouteAsync(call.BeginRoute(), (route, deployment, number) => AttemptAsync(call, route, deployment, number));
        if (call.Cached is not null && error is null) cache.Keep(call);
        return error;
    }

    /// <summary>Stages 8 to 10. Only an error before the first byte to the client is returned: what breaks later was said in the stream.</summary>
    private async ValueTask<GatewayError?> AttemptAsync(GatewayCall call, CallRoute route, Deployment deployment, int number)
    {
        if (await minutes.RefuseAsync(deployment, route.Settings) is { } full) return full;
        var kind = KindOf(route, number);
        if (kind is AttemptKind.Retry) call.Retries++;
        using var run = attempts.Begin(call, deployment, number, kind);
        if (run is null) return ProviderCatalog.Cannot(deployment, call.Operation);
        if (call.Upload is null && HedgedAttempts.RulesFor(route) is { } rules) return await hedging.AttemptAsync(call, route, run, rules);
        if (await run.OpenAsync() is { } failure) return call.Upload is { IsSpent: true } ? failure with { IsFinal = true } : failure;
        await relay.RelayAsync(call, route, run);
        return null;
    }

    private static AttemptKind KindOf(CallRoute route, int number) =>
        route.Fallbacks > 0 ? AttemptKind.Fallback : number == 1 ? AttemptKind.First : AttemptKind.Retry;
}
