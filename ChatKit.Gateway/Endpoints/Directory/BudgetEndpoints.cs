using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Endpoints.Directory;

/// <summary>LiteLLM's <c>/budget/*</c> (https://docs.litellm.ai/docs/proxy/users): limits with a name that keys, customers and tags refer to. For admins.</summary>
internal static class BudgetEndpoints
{
    public static void MapBudgets(this IEndpointRouteBuilder routes)
    {
        var budgets = routes.ServiceProvider.GetRequiredService<BudgetDirectory>();
        var json = DirectoryJson.Default;
        routes.MapAdminPost("/budget/new", RouteAccess.Manage, json.BudgetWire, call => budgets.NewAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/budget/update", RouteAccess.Manage, json.BudgetWire, call => budgets.UpdateAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/budget/delete", RouteAccess.Manage, json.BudgetWire, call => budgets.DeleteAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminGet("/budget/list", RouteAccess.View, json.ListBudgetWire, call => budgets.ListAsync(ids: null, call.Aborted));
        routes.MapAdminPost("/budget/info", RouteAccess.View, json.ListBudgetWire, async call =>
        {
            var ids = call.Body.RequiredTexts("budgets");
            return call.Problem is { } problem ? problem : await budgets.ListAsync(ids, call.Aborted);
        });
    }
}
