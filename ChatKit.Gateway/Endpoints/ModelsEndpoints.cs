using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// <c>GET /v1/models</c> and <c>/v1/models/{id}</c>: what the caller may call. As in LiteLLM, a wildcard shows as the known models of its provider;
/// <c>?return_wildcard_routes=true</c> adds the wildcards themselves.
/// </summary>
internal static class ModelsEndpoints
{
    private const string Id = "id";

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["", "/v1"])
        {
            routes.MapKeyedGet($"{prefix}/models", ListAsync);
            // Names hold slashes; clients send them bare or escaped.
            routes.MapKeyedGet($"{prefix}/models/{{**{Id}}}", GetAsync);
        }
    }

    private static Task ListAsync(HttpContext http, GatewaySnapshot snapshot, Caller caller)
    {
        var listed = snapshot.ListedModels.Where(model => CallableModels.Shows(caller, snapshot, model.Id)).Select(model => new ModelWire(model.Id, model.Provider));
        if (string.Equals(http.Request.Query["return_wildcard_routes"], "true", StringComparison.OrdinalIgnoreCase))
            listed = listed.Concat(Wildcards(snapshot).Where(model => CallableModels.Shows(caller, snapshot, model.Id))).DistinctBy(model => model.Id);
        return http.Response.WriteAsJsonAsync(new ModelListWire([.. listed]), ModelListJson.Default.ModelListWire);
    }

    private static Task GetAsync(HttpContext http, GatewaySnapshot snapshot, Caller caller)
    {
        var id = Uri.UnescapeDataString(http.Request.RouteValues[Id] as string ?? "");
        return snapshot.Resolve(caller.Aliases.GetValueOrDefault(id, id)) is { Group: { IsCallable: true } group } match && caller.DeniedBy(snapshot, id, match) is null
            ? http.Response.WriteAsJsonAsync(new ModelWire(id, group.Candidates[0].Provider), ModelListJson.Default.ModelWire)
            : ErrorResponse.WriteAsync(http, NotFound(id)).AsTask();
    }

    private static IEnumerable<ModelWire> Wildcards(GatewaySnapshot snapshot) =>
        from entry in snapshot.WildcardGroups
        where entry.Group is { Listed: true, IsCallable: true }
        select new ModelWire(entry.Group.Name, entry.Group.Candidates[0].Provider);

    private static GatewayError NotFound(string id) =>
        new(StatusCodes.Status404NotFound, "invalid_request_error", $"The model '{ErrorWire.Shorten(id)}' does not exist.", "model") { Code = "model_not_found" };
}
