using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Endpoints.Directory;

/// <summary>LiteLLM's <c>/team/*</c> (https://docs.litellm.ai/docs/proxy/team_budgets): proxy admins manage teams, a team's own admins its name and its members.</summary>
internal static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder routes)
    {
        var (teams, members, queries) = (
            routes.ServiceProvider.GetRequiredService<TeamDirectory>(), routes.ServiceProvider.GetRequiredService<TeamMembership>(), routes.ServiceProvider.GetRequiredService<TeamQueries>());
        var json = DirectoryJson.Default;
        routes.MapAdminPost("/team/new", RouteAccess.Manage, json.TeamWire, call => teams.NewAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/team/update", RouteAccess.ChangeOwn, json.TeamUpdateWire, call => teams.UpdateAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/team/delete", RouteAccess.Manage, json.TeamDeleteWire, call => teams.DeleteAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/team/block", RouteAccess.Manage, json.TeamWire, call => teams.BlockAsync(call.Body, call.Caller, blocked: true, call.Aborted));
        routes.MapAdminPost("/team/unblock", RouteAccess.Manage, json.TeamWire, call => teams.BlockAsync(call.Body, call.Caller, blocked: false, call.Aborted));
        routes.MapAdminPost("/team/member_add", RouteAccess.ChangeOwn, json.TeamMemberAddWire, call => members.AddAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/team/member_update", RouteAccess.ChangeOwn, json.TeamMemberUpdateWire, call => members.UpdateAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/team/member_delete", RouteAccess.ChangeOwn, json.TeamWire, call => members.DeleteAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminGet("/team/info", RouteAccess.Own, json.TeamInfoWire, async call =>
        {
            var id = call.Query.RequiredText("team_id");
            return call.Problem is { } problem ? problem : await queries.InfoAsync(id, call.Caller, call.Aborted);
        });
        routes.MapAdminGet("/team/list", RouteAccess.Own, json.ListListedTeamWire, call => queries.ListAsync(call.Query.Text("user_id"), call.Query.Text("organization_id"), call.Caller, call.Aborted));
        routes.MapAdminGet("/v2/team/list", RouteAccess.Own, json.TeamPageWire, async call =>
        {
            var (page, size) = call.Query.Page(10);
            var query = new TeamPageQuery(call.Query.Text("user_id"), call.Query.Text("organization_id"), call.Query.Text("team_id"), call.Query.Text("team_alias"), page, size);
            return call.Problem is { } problem ? problem : await queries.PageAsync(query, call.Caller, call.Aborted);
        });
    }
}
