using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Models;

/// <summary>What the page's model picker shows, so that the page needs no key of the gateway.</summary>
internal static class ModelsEndpoint
{
    public static void MapModels(this IEndpointRouteBuilder routes) => routes.MapGet("/api/models", ListAsync);

    private static async Task<IResult> ListAsync(ModelCatalog catalog, DefaultModel fallback, CancellationToken cancel)
    {
        if (await catalog.ListAsync(cancel) is not { } models)
            return Problems.BadGateway("The model gateway did not answer.");
        var preferred = fallback.Configured ?? (models is [var first, ..] ? first : null);
        return TypedResults.Json(new ModelChoices([.. models.Select(id => new ModelChoice(id, id, id == preferred))]), Wire.Json.ModelChoices);
    }
}

internal sealed record ModelChoices(IReadOnlyList<ModelChoice> Data);

/// <summary>One line of the picker; <see cref="Default"/> marks the model that answers where the user chooses none.</summary>
internal sealed record ModelChoice(string Id, string Label, bool Default);
