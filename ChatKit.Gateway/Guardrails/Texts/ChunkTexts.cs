using System.Text.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>
/// Chunks of chat completions and of completions. Providers send one choice in a chunk and one call in a delta; of several in one, each string belongs to the one whose
/// turn it is.
/// </summary>
internal sealed class ChunkTexts : IStreamTexts
{
    public string? ChannelOf(JsonElement data, JsonLeaf leaf, int occurrence)
    {
        if (leaf.Path[0] is not "choices") return null;
        var choices = StreamTexts.Elements(data, "choices").Where(choice => Has(choice, leaf.Name)).ToList();
        if (choices.Count == 0) return null;
        if (leaf.Name is not "arguments") return $"{StreamTexts.Number(choices[Math.Min(occurrence, choices.Count - 1)], "index")}/{leaf.Name}";
        var calls = from choice in choices
                    from call in StreamTexts.Elements(choice.GetProperty("delta"), "tool_calls")
                    where call.TryGetProperty("function", out var function) && function.TryGetProperty("arguments", out _)
                    select $"{StreamTexts.Number(choice, "index")}/arguments/{StreamTexts.Number(call, "index")}";
        return calls.ElementAtOrDefault(occurrence) ?? $"{StreamTexts.Number(choices[0], "index")}/arguments";
    }

    public IEnumerable<string> Ended(JsonElement data)
    {
        if (data.TryGetProperty("error", out _)) return [""];
        return StreamTexts.Elements(data, "choices")
            .Where(static choice => choice.TryGetProperty("finish_reason", out var finish) && finish.ValueKind is JsonValueKind.String)
            .Select(static choice => $"{StreamTexts.Number(choice, "index")}/");
    }

    private static bool Has(JsonElement choice, string name)
    {
        if (choice.TryGetProperty(name, out var own) && own.ValueKind is JsonValueKind.String) return true;
        if (!choice.TryGetProperty("delta", out var delta) || delta.ValueKind is not JsonValueKind.Object) return false;
        return name is "arguments" ? delta.TryGetProperty("tool_calls", out _) || delta.TryGetProperty("function_call", out _) : delta.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String;
    }
}
