using System.Text.Json.Serialization;

namespace ChatKit.Backend.Tools;

/// <summary>
/// What the composer's tool picker shows. A choice's <c>id</c> goes into <c>inference_options.tool_choice</c>.
/// <code>{"data":[{"id":"calculator","label":"Calculator","icon":"square-code","description":"…","available":true,"tools":["calculator"]}]}</code>
/// </summary>
internal static class ToolsEndpoint
{
    public static void MapTools(this IEndpointRouteBuilder routes) => routes.MapGet("/api/tools", ListAsync);

    private static async Task<IResult> ListAsync(ToolCatalog catalog, CancellationToken cancel) =>
        TypedResults.Json(new ToolChoices(await catalog.GroupsAsync(cancel)), ToolChoicesJson.Default.ToolChoices);
}

internal sealed record ToolChoices(IReadOnlyList<ToolGroup> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ToolChoices))]
internal sealed partial class ToolChoicesJson : JsonSerializerContext;
