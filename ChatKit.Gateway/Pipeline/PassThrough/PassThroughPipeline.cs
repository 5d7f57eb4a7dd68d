using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Pipeline.PassThrough;

/// <summary>
/// The way of a request that passes through: the caller's key is checked and exchanged for the provider's, and what was used is settled like that of any other
/// call. No model is read, so there is no group to route in and nothing to fall back to.
/// </summary>
internal sealed class PassThroughPipeline(SnapshotHolder snapshots, Admission admission, UpstreamClient client, AttemptSettlement settlement, TimeProvider time)
{
    private const string Name = "pass_through";

    /// <summary>Through one of the providers' prefixes.</summary>
    public Task RunAsync(HttpContext http, string prefix)
    {
        var snapshot = snapshots.Current;
        return snapshot.PassThrough.Providers.TryGetValue(prefix, out var route)
            ? RunAsync(http, snapshot, route)
            : ErrorResponse.WriteAsync(http, new GatewayError(StatusCodes.Status404NotFound, "invalid_request_error", $"Nothing is configured behind /{prefix}.")).AsTask();
    }

    /// <summary>Through a configured path, which no route knows; false where none is meant.</summary>
    public async Task<bool> TryRunAsync(HttpContext http)
    {
        var snapshot = snapshots.Current;
        if (snapshot.PassThrough.Custom.Count == 0 || snapshot.PassThrough.Find(http.Request.Path.Value ?? "") is not { } route) return false;
        await RunAsync(http, snapshot, route);
        return true;
    }

    private async Task RunAsync(HttpContext http, GatewaySnapshot snapshot, PassThroughRoute route)
    {
        using var call = new GatewayCall(http, Operation.PassThrough with { Dialect = route.Dialect }, snapshot, time.GetTimestamp())
        {
            Match = new ModelMatch(new ModelGroup(Name, [route.Target]), []),
        };
        var error = await AnswerAsync(call, route);
        CallMetrics.Record(Name, route.Target.Provider, time.GetElapsedTime(call.StartedAt), call.LastAttempt, error);
        if (error is null) return;
        // What has begun cannot become an error any more; that it breaks off says that it is not whole.
        if (http.Response.HasStarted) http.Abort();
        else await ErrorResponse.WriteAsync(http, error, route.Dialect, call.Id);
    }

    private async ValueTask<GatewayError?> AnswerAsync(GatewayCall call, PassThroughRoute route)
    {
        if (route.AsksForKey && await AdmitAsync(call, route) is { } denied) return denied;
        if (route.Target.Unavailable is { } reason) return new GatewayError(503, "api_error", reason) { Origin = ErrorOrigin.Configuration };
        if (PassThroughAddress.Of(route, call.Http.Request, out var address) is { } refused) return refused;
        var limit = call.Snapshot.Settings.MaxRequestBytes;
        if (call.Http.Request.ContentLength > limit) return RequestReader.TooLarge(limit);
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit;

        using var passing = new PassThroughCall(call, route, client, settlement, time);
        var telemetry = AttemptTelemetry.Begin(Name, route.Target, route.Target.UpstreamModel, number: 1);
        GatewayError? failure = GatewayError.Unexpected;
        try
        {
            return failure = Explain(route, await passing.RunAsync(address!));
        }
        finally
        {
            settlement.Settle(call, passing.ToFact(failure), telemetry);
            await passing.ChargeAsync(failure);
        }
    }

    private async ValueTask<GatewayError?> AdmitAsync(GatewayCall call, PassThroughRoute route)
    {
        if (route.TakesKeyInQuery && call.Http.Request.Query["key"] is [{ } key] && !call.Http.Request.Headers.ContainsKey("x-goog-api-key")) call.Http.Request.Headers["x-goog-api-key"] = key;
        return await admission.AdmitAsync(call) ?? await admission.ReserveAsync(call);
    }

    private static GatewayError? Explain(PassThroughRoute route, GatewayError? error) => error is null or { Origin: ErrorOrigin.Client or ErrorOrigin.ClientLeft }
        ? error
        : error with { Message = $"{ErrorClass.Of(error)}: {route.Target.Provider}: {route.Target.Mask(error.Message)}" };
}
