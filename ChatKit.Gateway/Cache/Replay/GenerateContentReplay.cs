using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>Google's generateContent (https://ai.google.dev/api/generate-content): every event has the form of the document, so a document is a stream of one.</summary>
internal sealed class GenerateContentReplay : IReplay
{
    public bool TryWriteEvents(JsonElement document, bool withUsage, IBufferWriter<byte> output)
    {
        EventWriter.Write(output, json => json.WriteMembers(document, static _ => true));
        return true;
    }

    public bool TryWriteDocument(IReadOnlyList<JsonElement> events, Utf8JsonWriter output)
    {
        var head = new Dictionary<string, JsonElement>();
        var candidates = new SortedDictionary<int, CandidateSum>();
        foreach (var member in events.SelectMany(static data => data.EnumerateObject()))
        {
            if (member.Name is not "candidates" || member.Value.ValueKind is not JsonValueKind.Array)
            {
                head[member.Name] = member.Value;
                continue;
            }

            foreach (var candidate in member.Value.EnumerateArray())
            {
                var index = candidate.TryGetProperty("index", out var given) && given.TryGetInt32(out var number) ? number : 0;
                if (!candidates.TryGetValue(index, out var sum)) candidates[index] = sum = new CandidateSum();
                sum.Add(candidate);
            }
        }

        output.WriteStartObject();
        output.WriteStartArray("candidates"u8);
        foreach (var candidate in candidates.Values) candidate.Write(output);
        output.WriteEndArray();
        foreach (var (name, value) in head) output.Write(name, value);
        output.WriteEndObject();
        return true;
    }
}
