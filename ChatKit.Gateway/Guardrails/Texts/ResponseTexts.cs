using System.Text.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>The events of a response (https://platform.openai.com/docs/api-reference/responses-streaming): deltas are pieces; whatever repeats a text has it whole.</summary>
internal sealed class ResponseTexts : IStreamTexts
{
    public string? ChannelOf(JsonElement data, JsonLeaf leaf, int occurrence) => leaf.Path is ["delta"]
        ? $"{StreamTexts.Number(data, "output_index")}/{StreamTexts.Number(data, "content_index")}/{StreamTexts.Number(data, "summary_index")}/{StreamTexts.Type(data)}"
        : null;

    public bool IsText(JsonElement data, JsonLeaf leaf) => leaf.Path is not ["delta"] || StreamTexts.Type(data)?.Contains("audio.delta", StringComparison.Ordinal) is not true;

    public IEnumerable<string> Ended(JsonElement data)
    {
        var type = StreamTexts.Type(data);
        if (type is null || type.EndsWith(".delta", StringComparison.Ordinal)) return [];
        if (data.TryGetProperty("output_index", out _)) return type.EndsWith(".done", StringComparison.Ordinal) ? [$"{StreamTexts.Number(data, "output_index")}/"] : [];
        return type is "response.completed" or "response.incomplete" or "response.failed" or "error" ? [""] : [];
    }
}
