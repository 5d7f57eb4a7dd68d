using ChatKit.Gateway.Cache;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Endpoints;

/// <summary>LiteLLM's routes around the cache of answers: <c>/cache/ping</c>, <c>/cache/delete</c> with <c>{"keys": […]}</c>, <c>/cache/flushall</c>.</summary>
internal static class CacheEndpoints
{
    public static void MapCache(this IEndpointRouteBuilder routes)
    {
        routes.MapAdminGet("/cache/ping", RouteAccess.View, call => TryAsync(call, PingAsync));
        routes.MapAdminPost("/cache/delete", RouteAccess.Manage, call => TryAsync(call, DeleteAsync));
        routes.MapAdminPost("/cache/flushall", RouteAccess.Manage, call => TryAsync(call, FlushAsync));
    }

    private static async ValueTask<GatewayError?> TryAsync(AdminCall call, Func<AdminCall, KeptAnswers, ValueTask<GatewayError?>> serve)
    {
        if (call.Snapshot.Settings.Cache is not { } settings)
            return new GatewayError(503, "service_unavailable", "There is no cache: set litellm_settings.cache: true, and cache_params where answers are not to be kept in memory.");
        try
        {
            return await serve(call, call.Service<AnswerStores>().For(settings));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever the store's client throws, and it throws much.
            return new GatewayError(503, "service_unavailable", "The cache does not answer.");
        }
    }

    private static async ValueTask<GatewayError?> PingAsync(AdminCall call, KeptAnswers answers)
    {
        await answers.Store.PingAsync();
        var settings = answers.Settings;
        var type = settings.Semantic is null ? answers.Store.Type : answers.Store.Type + "-semantic";
        var parameters = new CacheParametersWire(
            type, settings.Namespace, settings.Lifetime.TotalSeconds, settings.OnByDefault ? "default_on" : "default_off", settings.IsShared, [.. settings.Operations.Order()])
        {
            SimilarityThreshold = settings.Semantic?.Threshold,
            EmbeddingModel = settings.Semantic?.EmbeddingModel,
        };
        return await call.AnswerAsync(new CachePingWire("healthy", type, PingResponse: true) { LitellmCacheParams = parameters }, CacheJson.Default.CachePingWire);
    }

    private static async ValueTask<GatewayError?> DeleteAsync(AdminCall call, KeptAnswers answers)
    {
        var keys = call.Body.RequiredTexts("keys");
        if (call.Problem is { } problem) return problem;
        await answers.Store.DeleteAsync(keys);
        return await call.AnswerAsync(new CacheDoneWire("success"), CacheJson.Default.CacheDoneWire);
    }

    private static async ValueTask<GatewayError?> FlushAsync(AdminCall call, KeptAnswers answers)
    {
        await answers.FlushAsync();
        return await call.AnswerAsync(new CacheDoneWire("success"), CacheJson.Default.CacheDoneWire);
    }
}
