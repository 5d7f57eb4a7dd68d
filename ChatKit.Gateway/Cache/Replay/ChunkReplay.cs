using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>What OpenAI's two completion APIs have in common: a head in every chunk, choices, usage on demand in a chunk of its own, and <c>[DONE]</c>.</summary>
internal abstract class ChunkReplay(string document, string chunk) : IReplay
{
    public bool HasUsageOnDemand => true;

    public bool IsUsage(JsonElement data) =>
        data.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object
        && data.TryGetProperty("choices", out var choices) && choices.ValueKind is JsonValueKind.Array && choices.GetArrayLength() == 0;

    public bool TryWriteDocument(IReadOnlyList<JsonElement> events, Utf8JsonWriter output)
    {
        var sum = new ChunkSum();
        return events.All(sum.TryAdd) && sum.TryWrite(document, output, WriteContent);
    }

    public bool TryWriteEvents(JsonElement document, bool withUsage, IBufferWriter<byte> output)
    {
        if (!document.TryGetProperty("choices", out var choices) || choices.ValueKind is not JsonValueKind.Array) return false;
        var hasUsage = document.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object;
        if (withUsage && !hasUsage) return false;
        foreach (var choice in choices.EnumerateArray())
        {
            foreach (var write in ChunksOf(choice)) WriteChunk(document, output, write);
        }

        if (withUsage) WriteChunk(document, output, null, usage);
        SseWriter.WriteData(output, "[DONE]"u8);
        return true;
    }

    /// <summary>The member of a document's choice that holds what was said.</summary>
    protected abstract void WriteContent(ChoiceSum choice, Utf8JsonWriter json);

    /// <summary>The choice as its chunks have it.</summary>
    protected abstract IEnumerable<Action<Utf8JsonWriter>> ChunksOf(JsonElement choice);

    private void WriteChunk(JsonElement document, IBufferWriter<byte> output, Action<Utf8JsonWriter>? choice, JsonElement? usage = null) => EventWriter.Write(output, json =>
    {
        json.WriteMembers(document, static name => name is not ("object" or "choices" or "usage"));
        json.WriteString("object"u8, chunk);
        json.WriteStartArray("choices"u8);
        choice?.Invoke(json);
        json.WriteEndArray();
        if (usage is { } counted) json.Write("usage", counted);
    });
}
