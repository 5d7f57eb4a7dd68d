using ChatKit.Gateway.Administration.Models;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Endpoints.Directory;

/// <summary>LiteLLM's <c>/model/new</c>, <c>/model/update</c>, <c>/model/{id}/update</c> and <c>/model/delete</c> (https://docs.litellm.ai/docs/proxy/model_management). For proxy admins.</summary>
internal static class ModelEndpoints
{
    private const string Id = "id";

    public static void MapStoredModels(this IEndpointRouteBuilder routes)
    {
        var models = routes.ServiceProvider.GetRequiredService<ModelAdministration>();
        var json = DirectoryJson.Default;
        routes.MapAdminPost("/model/new", RouteAccess.Manage, json.StoredModelWire, call => models.NewAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPost("/model/update", RouteAccess.Manage, json.StoredModelWire, call => models.UpdateAsync(call.Body, idOfPath: null, call.Caller, call.Aborted));
        routes.MapAdminPost("/model/delete", RouteAccess.Manage, json.MessageWire, call => models.DeleteAsync(call.Body, call.Caller, call.Aborted));
        routes.MapAdminPatch($"/model/{{{Id}}}/update", RouteAccess.Manage, json.StoredModelWire, call => models.UpdateAsync(call.Body, call.Http.Request.RouteValues[Id] as string ?? "", call.Caller, call.Aborted));
    }
}
