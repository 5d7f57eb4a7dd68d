using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Pipeline;

/// <summary>What is counted in other units than tokens: pictures of the answer, seconds of a recording, characters to be spoken.</summary>
internal static class MediaUsage
{
    /// <summary>Characters that a request wants spoken; 0 for every other operation.</summary>
    public static int CharactersOf(GatewayCall call)
    {
        if (call.Operation != Operation.Speech) return 0;
        try
        {
            using var body = JsonDocument.Parse(call.Body, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth });
            return body.RootElement.TryGetProperty("input", out var input) && input.ValueKind is JsonValueKind.String ? input.GetString()!.EnumerateRunes().Count() : 0;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>The usage with these units in it.</summary>
    public static TokenUsage? Add(TokenUsage? usage, Operation operation, in AnswerFacts facts, int characters)
    {
        var images = operation == Operation.ImagesGeneration || operation == Operation.ImagesEdit || operation == Operation.ImagesVariation ? facts.Items : 0;
        var seconds = operation == Operation.Transcriptions || operation == Operation.Translations ? facts.Seconds : 0;
        if (images == 0 && seconds == 0 && characters == 0) return usage;
        var details = usage?.Details ?? new UsageDetails();
        return usage.GetValueOrDefault() with
        {
            Details = details with { Images = images, Seconds = details.Seconds == 0 ? seconds : details.Seconds, Characters = characters },
        };
    }
}
