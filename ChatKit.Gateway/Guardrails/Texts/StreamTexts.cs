using System.Text.Json;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>By the API that the client speaks.</summary>
internal static class StreamTexts
{
    private static readonly ChunkTexts Chunks = new();
    private static readonly MessageTexts Messages = new();
    private static readonly ResponseTexts Responses = new();
    private static readonly CandidateTexts Candidates = new();

    public static IStreamTexts For(ClientDialect dialect) => dialect switch
    {
        ClientDialect.Anthropic => Messages,
        ClientDialect.Responses => Responses,
        ClientDialect.Gemini => Candidates,
        _ => Chunks,
    };

    /// <summary>A number of an object; 0 where it has none.</summary>
    internal static int Number(JsonElement holder, string name) =>
        holder.ValueKind is JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    internal static string? Type(JsonElement data) => data.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String ? type.GetString() : null;

    internal static IEnumerable<JsonElement> Elements(JsonElement data, string name) =>
        data.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
