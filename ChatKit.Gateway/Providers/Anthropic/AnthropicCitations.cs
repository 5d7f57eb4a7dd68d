using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// Citations of web pages → OpenAI's annotations, which know nothing else; those of documents stay in the provider's form
/// (https://platform.claude.com/docs/en/build-with-claude/citations).
/// <code>{"type":"web_search_result_location","url":"https://…","title":"…","encrypted_index":"…","cited_text":"…"}</code>
/// </summary>
internal static class AnthropicCitations
{
    /// <param name="citations">Of one block of text.</param>
    /// <param name="start">Where the block begins in the whole text.</param>
    /// <param name="end">Where it ends.</param>
    public static IEnumerable<ChatAnnotation> Annotations(IReadOnlyList<JsonElement> citations, int start, int end) =>
        from citation in citations
        where citation.ValueKind is JsonValueKind.Object
        let url = Text(citation, "url")
        where url is not null && Text(citation, "type") is "web_search_result_location"
        select new ChatAnnotation("url_citation", new ChatCitation(url, Text(citation, "title") ?? "", start, end));

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>The length of a text as OpenAI counts it: in characters, of which some take two units here.</summary>
internal static class TextLength
{
    public static int Of(ReadOnlySpan<char> text)
    {
        var length = text.Length;
        for (var next = text.IndexOfAnyInRange('\uDC00', '\uDFFF'); next >= 0; next = text.IndexOfAnyInRange('\uDC00', '\uDFFF'))
        {
            length--;
            text = text[(next + 1)..];
        }

        return length;
    }

    public static int Of(StringBuilder text)
    {
        var length = 0;
        foreach (var piece in text.GetChunks()) length += Of(piece.Span);
        return length;
    }
}
