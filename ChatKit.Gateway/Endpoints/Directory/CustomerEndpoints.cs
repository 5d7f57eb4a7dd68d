using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Endpoints.Directory;

/// <summary>LiteLLM's <c>/customer/*</c>, and the same under its older name <c>/end_user/*</c> (https://docs.litellm.ai/docs/proxy/customers). For admins.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        var customers = routes.ServiceProvider.GetRequiredService<CustomerDirectory>();
        var json = DirectoryJson.Default;
        foreach (var root in (string[])["/customer", "/end_user"])
        {
            routes.MapAdminPost($"{root}/new", RouteAccess.Manage, json.CustomerWire, call => customers.NewAsync(call.Body, call.Caller, call.Aborted));
            routes.MapAdminPost($"{root}/update", RouteAccess.Manage, json.CustomerWire, call => customers.UpdateAsync(call.Body, call.Caller, call.Aborted));
            routes.MapAdminPost($"{root}/delete", RouteAccess.Manage, json.CustomersDeletedWire, call => customers.DeleteAsync(call.Body, call.Caller, call.Aborted));
            routes.MapAdminPost($"{root}/block", RouteAccess.Manage, json.CustomersBlockedWire, call => customers.BlockAsync(call.Body, call.Caller, blocked: true, call.Aborted));
            routes.MapAdminPost($"{root}/unblock", RouteAccess.Manage, json.CustomersBlockedWire, call => customers.BlockAsync(call.Body, call.Caller, blocked: false, call.Aborted));
            routes.MapAdminGet($"{root}/list", RouteAccess.View, json.ListCustomerWire, call => customers.ListAsync(call.Aborted));
            routes.MapAdminGet($"{root}/info", RouteAccess.View, json.CustomerWire, async call =>
            {
                var id = call.Query.RequiredText("end_user_id");
                return call.Problem is { } problem ? problem : await customers.InfoAsync(id, call.Aborted);
            });
        }
    }
}
