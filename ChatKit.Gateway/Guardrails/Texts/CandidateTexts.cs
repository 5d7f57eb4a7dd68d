using System.Text.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>The events of generateContent (https://ai.google.dev/api/generate-content): each candidate says its text and its thoughts in parts.</summary>
internal sealed class CandidateTexts : IStreamTexts
{
    public string? ChannelOf(JsonElement data, JsonLeaf leaf, int occurrence)
    {
        if (leaf.Name is not "text" || leaf.Path is not ["candidates", "content", "parts", "text"]) return null;
        var parts = from candidate in StreamTexts.Elements(data, "candidates")
                    where candidate.TryGetProperty("content", out _)
                    from part in StreamTexts.Elements(candidate.GetProperty("content"), "parts")
                    where part.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String
                    select $"{StreamTexts.Number(candidate, "index")}/{(part.TryGetProperty("thought", out var thought) && thought.ValueKind is JsonValueKind.True ? "thought" : "text")}";
        return parts.ElementAtOrDefault(occurrence);
    }

    public IEnumerable<string> Ended(JsonElement data)
    {
        if (data.TryGetProperty("error", out _)) return [""];
        return StreamTexts.Elements(data, "candidates")
            .Where(static candidate => candidate.TryGetProperty("finishReason", out _))
            .Select(static candidate => $"{StreamTexts.Number(candidate, "index")}/");
    }
}
