using System.Collections.Frozen;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>
/// Which strings of a request or an answer are text that people or models wrote, in any of the APIs that are served: by the member that they stand under, and by those
/// on the way. What a tool is called with, and what it gives back, is text in all its members. Never text are names, ids, addresses and media; nor a model's sealed
/// thoughts, whose signature a change would break.
/// </summary>
internal static class TextMap
{
    private static readonly FrozenSet<string> RequestRoots = FrozenSet.Create(
        StringComparer.Ordinal, "messages", "system", "instructions", "input", "prompt", "suffix", "contents", "systemInstruction", "system_instruction", "query", "documents", "prediction");

    private static readonly FrozenSet<string> AnswerRoots = FrozenSet.Create(
        StringComparer.Ordinal, "choices", "content", "output", "candidates", "text", "instructions", "segments");

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal, "content", "text", "refusal", "reasoning_content", "arguments", "output", "input", "instructions", "prompt", "suffix", "query", "documents", "system", "cited_text", "partial_json");

    private static readonly FrozenSet<string> Media = FrozenSet.Create(
        StringComparer.Ordinal, "image_url", "input_audio", "audio", "file", "inlineData", "inline_data", "fileData", "file_data", "thinking_blocks", "logprobs");

    public static bool IsOfRequest(IReadOnlyList<string> path) => RequestRoots.Contains(path[0]) && IsText(path);

    public static bool IsOfAnswer(IReadOnlyList<string> path) => AnswerRoots.Contains(path[0]) && IsText(path);

    /// <summary>Below any root.</summary>
    public static bool IsText(IReadOnlyList<string> path)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (Media.Contains(path[i])) return false;
            // A call's input (Anthropic), arguments or result (Google): objects whose members have the names that the tool gave them.
            if (path[i] is "args" or "response" && i > 0) return true;
            if (path[i] is "input" && i > 0 && path[0] is "messages" or "content" or "content_block") return true;
        }

        return Names.Contains(path[^1]) || (path[^1] is "data" && path.Contains("source"));
    }

    /// <summary>A document inside a message may be text, or the base64 of something else, which has no spaces.</summary>
    public static bool IsReadable(JsonLeaf leaf) => leaf.Name is not "data" || leaf.Text.AsSpan().IndexOfAny(' ', '\n') >= 0;
}
