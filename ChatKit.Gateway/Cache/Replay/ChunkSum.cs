using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>Adds the chunks of a completion up. The members of the whole are those of its chunks, the latest value of each.</summary>
internal sealed class ChunkSum
{
    private readonly SortedDictionary<int, ChoiceSum> _choices = [];
    private readonly Dictionary<string, JsonElement> _head = [];
    private JsonElement? _usage;

    /// <summary>False where the chunk holds what nobody here knows how to add.</summary>
    public bool TryAdd(JsonElement chunk)
    {
        foreach (var member in chunk.EnumerateObject())
        {
            if (member.Name is "choices" && member.Value.ValueKind is JsonValueKind.Array)
            {
                if (!member.Value.EnumerateArray().All(TryAddChoice)) return false;
            }
            else if (member.Name is "usage")
            {
                if (member.Value.ValueKind is JsonValueKind.Object) _usage = member.Value;
            }
            else if (member.Name is not ("object" or "obfuscation"))
            {
                _head[member.Name] = member.Value;
            }
        }

        return true;
    }

    /// <summary>False where the stream did not say its usage, without which a document is not whole.</summary>
    public bool TryWrite(string kind, Utf8JsonWriter json, Action<ChoiceSum, Utf8JsonWriter> writeContent)
    {
        if (_usage is not { } usage || _choices.Count == 0) return false;
        json.WriteStartObject();
        foreach (var (name, value) in _head) json.Write(name, value);
        json.WriteString("object"u8, kind);
        json.WriteStartArray("choices"u8);
        foreach (var (index, choice) in _choices)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            writeContent(choice, json);
            choice.WriteRest(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Write("usage", usage);
        json.WriteEndObject();
        return true;
    }

    private bool TryAddChoice(JsonElement choice)
    {
        var index = choice.TryGetProperty("index", out var given) && given.TryGetInt32(out var number) ? number : 0;
        if (!_choices.TryGetValue(index, out var sum)) _choices[index] = sum = new ChoiceSum();
        return sum.TryAdd(choice);
    }
}
