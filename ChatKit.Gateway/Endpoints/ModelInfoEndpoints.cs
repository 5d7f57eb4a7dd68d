using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Wire.LiteLlm;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// <c>GET /model/info</c>, <c>/v1/model/info</c> and <c>/model_group/info</c>: what is configured, what is known about it, and how it does at the moment.
/// <c>?litellm_model_id=</c> asks for one deployment, <c>?model_group=</c> for one group.
/// </summary>
internal static class ModelInfoEndpoints
{
    public static void MapModelInfo(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/model/info", "/v1/model/info"]) routes.MapKeyedGet(path, ListAsync);
        routes.MapKeyedGet("/model_group/info", ListGroupsAsync);
    }

    private static async Task ListAsync(HttpContext http, GatewaySnapshot snapshot, Caller caller)
    {
        var id = (string?)http.Request.Query["litellm_model_id"];
        var deployments = Offered(snapshot).SelectMany(group => group.Deployments)
            .Where(deployment => (id is null || deployment.Id == id) && CallableModels.Shows(caller, snapshot, deployment)).ToList();
        if (id is not null && deployments.Count == 0)
        {
            await ErrorResponse.WriteAsync(http, new GatewayError(400, "invalid_request_error", $"Model id = {ErrorWire.Shorten(id)} not found on this gateway.", "litellm_model_id"));
            return;
        }

        var each = http.RequestServices.GetRequiredService<ModelInfoWriter>();
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var deployment in deployments) each.Write(writer, deployment);
        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(http.RequestAborted);
    }

    private static Task ListGroupsAsync(HttpContext http, GatewaySnapshot snapshot, Caller caller)
    {
        var live = http.RequestServices.GetRequiredService<LiveState>();
        var names = (string?)http.Request.Query["model_group"] is { } asked ? [asked] : snapshot.ListedModels.Select(model => model.Id);
        var groups = from name in names
                     let match = snapshot.Resolve(name)
                     where match is not null && caller.DeniedBy(snapshot, name, match) is null
                     select ModelGroupInfo.Of(name, match, live.Of(match.Group));
        return http.Response.WriteAsJsonAsync(new ModelGroupListWire([.. groups]), ModelGroupJson.Default.ModelGroupListWire);
    }

    private static IEnumerable<ModelGroup> Offered(GatewaySnapshot snapshot) => snapshot.AllGroups.Where(group => group.Listed);
}
