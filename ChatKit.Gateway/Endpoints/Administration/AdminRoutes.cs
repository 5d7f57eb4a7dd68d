using System.Text.Json.Serialization.Metadata;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Endpoints.Administration;

/// <summary>What an administrative route does: answers by itself, or returns the refusal.</summary>
internal delegate ValueTask<GatewayError?> ServeAdmin(AdminCall call);

/// <summary>
/// The one way to map an administrative route. It declares who may call it, admits the caller by the endpoint that was routed to, reads and checks the body, and only
/// then serves. Whatever a handler gets can be stored in either database.
/// </summary>
internal static class AdminRoutes
{
    public static void MapAdminGet(this IEndpointRouteBuilder routes, string pattern, RouteAccess access, ServeAdmin serve) =>
        routes.MapAdmin(HttpMethods.Get, pattern, access, serve);

    /// <summary>The body is one JSON object: <see cref="AdminCall.Body"/>. None at all is an empty one.</summary>
    public static void MapAdminPost(this IEndpointRouteBuilder routes, string pattern, RouteAccess access, ServeAdmin serve) =>
        routes.MapAdmin(HttpMethods.Post, pattern, access, serve);

    /// <summary>A route whose answer is what some capability returns.</summary>
    public static void MapAdminGet<T>(this IEndpointRouteBuilder routes, string pattern, RouteAccess access, JsonTypeInfo<T> type, Func<AdminCall, ValueTask<Outcome<T>>> serve)
        where T : class => routes.MapAdminGet(pattern, access, call => AnswerAsync(call, type, serve));

    /// <inheritdoc cref="MapAdminGet{T}"/>
    public static void MapAdminPost<T>(this IEndpointRouteBuilder routes, string pattern, RouteAccess access, JsonTypeInfo<T> type, Func<AdminCall, ValueTask<Outcome<T>>> serve)
        where T : class => routes.MapAdminPost(pattern, access, call => AnswerAsync(call, type, serve));

    /// <inheritdoc cref="MapAdminGet{T}"/>
    public static void MapAdminPatch<T>(this IEndpointRouteBuilder routes, string pattern, RouteAccess access, JsonTypeInfo<T> type, Func<AdminCall, ValueTask<Outcome<T>>> serve)
        where T : class => routes.MapAdmin(HttpMethods.Patch, pattern, access, call => AnswerAsync(call, type, serve));

    public static void MapAdmin(this IEndpointRouteBuilder routes, string method, string pattern, RouteAccess access, ServeAdmin serve)
    {
        var snapshots = routes.ServiceProvider.GetRequiredService<SnapshotHolder>();
        var keys = routes.ServiceProvider.GetRequiredService<KeyGate>();
        routes.MapMethods(pattern, [method], http => ServeAsync(http, snapshots.Current, keys, access, serve)).WithMetadata(access);
    }

    private static async ValueTask<GatewayError?> AnswerAsync<T>(AdminCall call, JsonTypeInfo<T> type, Func<AdminCall, ValueTask<Outcome<T>>> serve)
        where T : class
    {
        var (answer, error) = await serve(call);
        return error ?? await call.AnswerAsync(answer!, type);
    }

    private static async Task ServeAsync(HttpContext http, GatewaySnapshot snapshot, KeyGate keys, RouteAccess access, ServeAdmin serve)
    {
        try
        {
            if (await TryServeAsync(http, snapshot, keys, access, serve) is { } refused) await ErrorResponse.WriteAsync(http, refused);
        }
        catch (BadHttpRequestException broken)
        {
            await ErrorResponse.WriteAsync(http, new GatewayError(broken.StatusCode, "bad_request_error", "The request body could not be read as HTTP.", "request_body"));
        }
    }

    private static async ValueTask<GatewayError?> TryServeAsync(HttpContext http, GatewaySnapshot snapshot, KeyGate keys, RouteAccess access, ServeAdmin serve)
    {
        var (caller, denied) = await keys.AdmitAsync(http, snapshot.Settings);
        if (denied is not null) return denied;
        if (access.Refuse(caller!) is { } forbidden) return forbidden;
        if (RequestQuery.Check(http.Request) is { } unreadable) return unreadable;
        if (HttpMethods.IsGet(http.Request.Method)) return await serve(new AdminCall(http, snapshot, caller!, RequestFields.None));

        var (document, error) = await AdminBody.ReadAsync(http.Request);
        if (document is null) return error;
        using (document) return await serve(new AdminCall(http, snapshot, caller!, new RequestFields(document.RootElement)));
    }
}
