using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// Grounding (https://ai.google.dev/gemini-api/docs/google-search#attributing_sources_with_inline_citations) as OpenAI's url_citation annotations:
/// <code>
/// {"groundingChunks":[{"web":{"uri":"https://…","title":"a.com"}}],"groundingSupports":[{"segment":{"startIndex":0,"endIndex":85,"text":"…"},"groundingChunkIndices":[0]}]}
/// </code>
/// Google counts bytes of UTF-8, OpenAI characters.
/// </summary>
internal static class GeminiCitations
{
    /// <summary>The annotations of a text; null where it has none.</summary>
    public static IReadOnlyList<ChatAnnotation>? Of(JsonElement? grounding, string text)
    {
        if (Items(grounding, "groundingSupports") is not { } supports || Items(grounding, "groundingChunks") is not { } chunks) return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        var citations = new List<ChatAnnotation>();
        foreach (var support in supports.EnumerateArray())
        {
            if (Items(support, "groundingChunkIndices") is not { } indices) continue;
            var segment = Member(support, "segment");
            var (start, end) = (Characters(bytes, Number(segment, "startIndex") ?? 0), Characters(bytes, Number(segment, "endIndex") ?? 0));
            foreach (var index in indices.EnumerateArray())
                if (index.ValueKind is JsonValueKind.Number && index.TryGetInt32(out var at) && at >= 0 && at < chunks.GetArrayLength() && Page(chunks[at]) is { } page)
                    citations.Add(new ChatAnnotation("url_citation", new ChatCitation(Text(page, "uri"), Text(page, "title"), start, end)));
        }

        return citations.Count > 0 ? citations : null;
    }

    /// <summary>The web, a document of the caller's own, or a place on the map.</summary>
    private static JsonElement? Page(JsonElement chunk) => Member(chunk, "web") ?? Member(chunk, "retrievedContext") ?? Member(chunk, "maps");

    private static int Characters(byte[] text, int bytes) => Encoding.UTF8.GetCharCount(text, 0, Math.Clamp(bytes, 0, text.Length));

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static JsonElement? Items(JsonElement? element, string name) => Member(element, name) is { ValueKind: JsonValueKind.Array } items ? items : null;

    private static int? Number(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement? element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
