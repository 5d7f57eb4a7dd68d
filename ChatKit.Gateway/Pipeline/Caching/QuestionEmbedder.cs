using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Pipeline.Caching;

/// <summary>
/// Turns the words of a question into a vector, by a model group of this gateway: routed and settled as a call of its own, whose caller pays for it. Where it fails or
/// takes too long, the question counts as unlike any other.
/// </summary>
internal sealed partial class QuestionEmbedder(Router router, AttemptStarter attempts, TimeProvider time, ILogger<QuestionEmbedder> logger)
{
    public async ValueTask<float[]?> EmbedAsync(GatewayCall call, SemanticSettings settings, string words)
    {
        if (call.Snapshot.Resolve(settings.EmbeddingModel) is not { } match) return null;
        using var asked = new GatewayCall(call.Http, Operation.Embeddings, call.Snapshot, time.GetTimestamp())
        {
            Id = $"{call.Id}-embedding",
            Caller = call.Caller,
            EndUser = call.EndUser,
            Accounts = call.Accounts,
            ClientModel = settings.EmbeddingModel,
            Match = match,
        };
        var body = Body(words, settings.Patience);
        CallEnvelopeReader.Read(body.WrittenSpan, Operation.Embeddings.Input, out var envelope);
        asked.Keep(body, body.WrittenMemory, envelope);
        float[]? vector = null;
        var error = await router.RouteAsync(asked.BeginRoute(), async (route, deployment, number) =>
        {
            using var run = attempts.Begin(asked, deployment, number, number == 1 ? AttemptKind.First : AttemptKind.Retry);
            if (run is null) return ProviderCatalog.Cannot(deployment, Operation.Embeddings);
            if (await run.OpenAsync() is { } failure) return failure;
            vector = VectorOf(run.Attempt.Output.WrittenMemory);
            return null;
        });
        if (error is not null) Log.Failed(logger, call.Id, settings.EmbeddingModel, error.Status, error.Message);
        return vector;
    }

    private static PooledBuffer Body(string words, TimeSpan patience)
    {
        var body = new PooledBuffer(words.Length + 128);
        using var json = new Utf8JsonWriter(body, JsonText.Plain);
        json.WriteStartObject();
        json.WriteString("input"u8, words);
        json.WriteString("encoding_format"u8, "float"u8);
        json.WriteNumber("timeout"u8, patience.TotalSeconds);
        json.WriteNumber("num_retries"u8, 0);
        json.WriteEndObject();
        json.Flush();
        return body;
    }

    private static float[]? VectorOf(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return [.. document.RootElement.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(static number => number.GetSingle())];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{CallId}: the semantic cache is passed by: {Model} gave no vector ({Status}): {Message}")]
        public static partial void Failed(ILogger logger, string callId, string model, int status, string message);
    }
}
