using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Endpoints;

/// <summary>What models do besides chatting: completions, vectors, verdicts, images, sound.</summary>
internal static class ModalityEndpoints
{
    public static void MapModalities(this IEndpointRouteBuilder routes)
    {
        routes.MapOperation(Operation.Completions);
        routes.MapOperation(Operation.Embeddings);
        routes.MapOperation(Operation.Moderations);
        routes.MapOperation(Operation.ImagesGeneration);
        routes.MapOperation(Operation.ImagesEdit);
        routes.MapOperation(Operation.ImagesVariation);
        routes.MapOperation(Operation.Transcriptions);
        routes.MapOperation(Operation.Translations);
        routes.MapOperation(Operation.Speech);
        routes.MapOperation(Operation.Rerank);
        // Clients of Cohere's second version; both are answered in the same shape.
        routes.MapOperation(Operation.Rerank, prefix: "/v2");
    }
}
