using ChatKit.Gateway.Administration.Keys;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm.Keys;

namespace ChatKit.Gateway.Endpoints;

/// <summary>LiteLLM's <c>/key/*</c> (https://docs.litellm.ai/docs/proxy/virtual_keys): keys are made, looked at, changed, exchanged, blocked and deleted.</summary>
internal static class KeyEndpoints
{
    private const string Key = "key";

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (keys, rotation, queries) = (services.GetRequiredService<KeyDirectory>(), services.GetRequiredService<KeyRotation>(), services.GetRequiredService<KeyQueries>());
        var json = KeyJson.Default;
        routes.MapAdminPost("/key/generate", RouteAccess.ChangeOwn, json.KeyWire, call => keys.GenerateAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/key/update", RouteAccess.ChangeOwn, json.KeyWire, call => keys.UpdateAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/key/delete", RouteAccess.ChangeOwn, json.KeysDeletedWire, call => keys.DeleteAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/key/block", RouteAccess.ChangeOwn, json.KeyWire, call => keys.BlockAsync(call.Body, call.Caller, isBlocked: true, call.Aborted));
        routes.MapAdminPost("/key/unblock", RouteAccess.ChangeOwn, json.KeyWire, call => keys.BlockAsync(call.Body, call.Caller, isBlocked: false, call.Aborted));
        routes.MapAdminPost("/key/regenerate", RouteAccess.ChangeOwn, json.KeyWire, call => rotation.RegenerateAsync(call.Body, null, call.Caller, call.Aborted));
        routes.MapAdminPost(
            $"/key/{{{Key}}}/regenerate",
            RouteAccess.ChangeOwn,
            json.KeyWire,
            call => rotation.RegenerateAsync(call.Body, call.Http.Request.RouteValues[Key] as string, call.Caller, call.Aborted));
        routes.MapAdminGet("/key/info", RouteAccess.Own, json.KeyInfoWire, call => queries.InfoAsync(call.Query.Text(Key), call.Caller, call.Aborted));
        routes.MapAdminGet("/key/list", RouteAccess.Own, json.KeyPageWire, async call =>
        {
            var query = Query(call.Query);
            return call.Problem is { } problem ? problem : await queries.PageAsync(query, call.Caller, call.Aborted);
        });
    }

    private static KeyPageQuery Query(RequestQuery query) => new(
        query.Text("user_id"),
        query.Text("team_id"),
        query.Text("organization_id"),
        query.Text("key_alias"),
        query.Text("key_hash") is { } hash ? NewKey.TokenOf(hash) : null,
        query.Flag("include_team_keys"),
        query.Flag("return_full_object"),
        query.OneOf("sort_by", "created_at", "created_at", "updated_at", "key_alias", "max_budget", "token"),
        query.OneOf("sort_order", "desc", "desc", "asc") is "desc",
        query.WholeNumber("page", absent: 1, minimum: 1, maximum: 1_000_000),
        query.WholeNumber("size", absent: 10, minimum: 1, maximum: 100));
}
