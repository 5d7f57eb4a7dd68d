using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Endpoints.Directory;

/// <summary>LiteLLM's <c>/tag/*</c> (https://docs.litellm.ai/docs/proxy/tag_budgets): tags of requests that have limits. For admins.</summary>
internal static class TagEndpoints
{
    public static void MapTags(this IEndpointRouteBuilder routes)
    {
        var tags = routes.ServiceProvider.GetRequiredService<TagDirectory>();
        var json = DirectoryJson.Default;
        routes.MapAdminPost("/tag/new", RouteAccess.Manage, json.TagChangedWire, call => tags.NewAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/tag/update", RouteAccess.Manage, json.TagChangedWire, call => tags.UpdateAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/tag/delete", RouteAccess.Manage, json.TagChangedWire, call => tags.DeleteAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/tag/info", RouteAccess.View, json.DictionaryStringTagWire, call => tags.InfoAsync(call.Body, call.Aborted));
        routes.MapAdminGet("/tag/list", RouteAccess.View, json.ListTagWire, call => tags.ListAsync(call.Aborted));
    }
}
