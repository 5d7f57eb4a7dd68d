using System.Numerics.Tensors;
using ChatKit.Backend.Models;

namespace ChatKit.Backend.FileSearch;

/// <summary>Makes vectors of texts through the gateway, of length one, so that the product of two is their likeness.</summary>
internal sealed partial class Embedder(ModelClients clients, EmbeddingModel model, ILogger<Embedder> logger)
{
    private const int Batch = 64;

    /// <summary>The name of the model that embeds; null where there is none.</summary>
    public Task<string?> ModelAsync(CancellationToken cancel) => model.FindAsync(cancel);

    /// <summary>Null where the model did not answer.</summary>
    public async Task<IReadOnlyList<float[]>?> EmbedAsync(string name, IReadOnlyList<string> texts, CancellationToken cancel)
    {
        try
        {
            var vectors = new List<float[]>(texts.Count);
            foreach (var batch in texts.Chunk(Batch))
            {
                var answer = await clients.Embeddings(name).GenerateEmbeddingsAsync(batch, cancellationToken: cancel);
                vectors.AddRange(answer.Value.OrderBy(embedding => embedding.Index).Select(embedding => Unit(embedding.ToFloats().Span)));
            }

            return vectors.Count == texts.Count ? vectors : null;
        }
        catch (Exception failure) when (GatewayFailure.Explains(failure) && !cancel.IsCancellationRequested)
        {
            Log.NotEmbedded(logger, name, failure.Message.ReplaceLineEndings(" "));
            return null;
        }
    }

    private static float[] Unit(ReadOnlySpan<float> vector)
    {
        var unit = new float[vector.Length];
        var length = TensorPrimitives.Norm(vector);
        if (length > 0)
            TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The model {Model} made no vectors: {Reason}")]
        public static partial void NotEmbedded(ILogger logger, string model, string reason);
    }
}
