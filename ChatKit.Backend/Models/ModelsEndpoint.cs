using System.ClientModel;
using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Models;

/// <summary>What the page's model picker shows, so that the page needs no key of the gateway.</summary>
internal static partial class ModelsEndpoint
{
    public static void MapModels(this IEndpointRouteBuilder routes) => routes.MapGet("/api/models", ListAsync);

    private static async Task<IResult> ListAsync(ModelCatalog catalog, DefaultModel fallback, ILogger<ModelCatalog> logger, CancellationToken cancel)
    {
        try
        {
            var models = await catalog.ListAsync(cancel);
            var preferred = fallback.Configured;
            var listed = models.Select(id => new ModelChoice(id, id, id == (preferred ?? models[0]))).ToList();
            return TypedResults.Json(new ModelChoices(listed), Wire.Json.ModelChoices);
        }
        catch (ClientResultException exception)
        {
            Log.NoModels(logger, exception);
            return Problems.BadGateway("The model gateway did not answer.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The model gateway did not list its models")]
        public static partial void NoModels(ILogger logger, Exception exception);
    }
}

internal sealed record ModelChoices(IReadOnlyList<ModelChoice> Data);

/// <summary>One line of the picker; <see cref="Default"/> marks the model that answers where the user chooses none.</summary>
internal sealed record ModelChoice(string Id, string Label, bool Default);
