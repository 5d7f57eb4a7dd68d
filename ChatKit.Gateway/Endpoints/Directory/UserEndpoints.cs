using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Endpoints.Directory;

/// <summary>LiteLLM's <c>/user/*</c> (https://docs.litellm.ai/docs/proxy/users): proxy admins manage users, everybody sees and names themselves.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var (users, queries) = (routes.ServiceProvider.GetRequiredService<UserDirectory>(), routes.ServiceProvider.GetRequiredService<UserQueries>());
        var json = DirectoryJson.Default;
        routes.MapAdminPost("/user/new", RouteAccess.Manage, json.NewUserWire, call => users.NewAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/user/update", RouteAccess.ChangeOwn, json.UserUpdateWire, call => users.UpdateAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/user/delete", RouteAccess.Manage, json.Object, call => users.DeleteAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminGet("/user/info", RouteAccess.Own, json.UserInfoWire, call => queries.InfoAsync(call.Query.Text("user_id"), call.Caller, call.Aborted));
        routes.MapAdminGet("/user/list", RouteAccess.View, json.UserPageWire, async call =>
        {
            var query = Query(call.Query);
            return call.Problem is { } problem ? problem : await queries.PageAsync(query, call.Aborted);
        });
    }

    private static UserPageQuery Query(RequestQuery query)
    {
        var (page, size) = query.Page(25);
        var ids = (query.Text("user_ids") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var sort = query.OneOf("sort_by", "created_at", "created_at", "user_id", "user_email", "user_alias", "user_role");
        // Without a column, the newest first.
        var isDescending = query.OneOf("sort_order", query.Text("sort_by") is null ? "desc" : "asc", "asc", "desc") is "desc";
        return new UserPageQuery(query.Text("role"), ids, query.Text("user_email"), query.Text("team"), sort, isDescending, page, size);
    }
}
