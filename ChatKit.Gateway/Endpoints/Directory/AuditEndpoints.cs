using ChatKit.Gateway.Administration.Auditing;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Endpoints.Directory;

/// <summary>LiteLLM's <c>/audit</c> (https://docs.litellm.ai/docs/proxy/multiple_admins): who changed what, the latest first. For admins.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var changes = routes.ServiceProvider.GetRequiredService<AuditQueries>();
        routes.MapAdminGet("/audit", RouteAccess.View, DirectoryJson.Default.AuditPageWire, async call =>
        {
            var query = Query(call.Query);
            return call.Problem is { } problem ? problem : await changes.PageAsync(query, call.Aborted);
        });
        routes.MapAdminGet("/audit/{id}", RouteAccess.View, DirectoryJson.Default.AuditWire, call => changes.FindAsync(call.Http.Request.RouteValues["id"] as string ?? "", call.Aborted));
    }

    private static AuditPageQuery Query(RequestQuery query)
    {
        var (page, size) = query.Page(10);
        // Rows are in the order of time, whatever else somebody sorts by.
        query.OneOf("sort_by", "updated_at", "updated_at");
        return new AuditPageQuery(
            query.Text("changed_by"), query.Text("changed_by_api_key"), query.Text("action"), query.Text("table_name"), query.Text("object_id"),
            query.Instant("start_date"), query.Instant("end_date"), query.OneOf("sort_order", "desc", "asc", "desc") is "desc", page, size);
    }
}
