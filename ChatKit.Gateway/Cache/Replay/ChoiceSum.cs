using System.Text;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>What the chunks of one choice come to: its texts, its tool calls, why it ended.</summary>
internal sealed class ChoiceSum
{
    private readonly Dictionary<string, StringBuilder> _texts = [];
    private readonly SortedDictionary<int, CallSum> _calls = [];
    private readonly List<JsonElement> _probabilities = [];
    private string? _role;
    private JsonElement? _finish;

    /// <summary>The text of the older API.</summary>
    public string Text => _texts.TryGetValue("text", out var text) ? text.ToString() : "";

    public bool TryAdd(JsonElement choice) => choice.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Null || member.Name switch
    {
        "index" => true,
        "delta" => member.Value.ValueKind is JsonValueKind.Object && member.Value.EnumerateObject().All(TryAddDelta),
        "text" => TryAppend(member),
        "finish_reason" => (_finish = member.Value) is not null,
        "logprobs" => member.Value.ValueKind is JsonValueKind.Object && member.Value.EnumerateObject().All(TryAddProbabilities),
        _ => false,
    });

    public void WriteMessage(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, _role ?? "assistant");
        if (!_texts.ContainsKey("content")) json.WriteNull("content"u8);
        foreach (var (name, text) in _texts) json.WriteString(name, text.ToString());
        if (!_texts.ContainsKey("refusal")) json.WriteNull("refusal"u8);
        if (_calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (var call in _calls.Values) call.Write(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>What stands beside the message.</summary>
    public void WriteRest(Utf8JsonWriter json)
    {
        if (_probabilities.Count == 0) json.WriteNull("logprobs"u8);
        else
        {
            json.WriteStartObject("logprobs"u8);
            json.WriteStartArray("content"u8);
            foreach (var probability in _probabilities) probability.WriteTo(json);
            json.WriteEndArray();
            json.WriteNull("refusal"u8);
            json.WriteEndObject();
        }

        if (_finish is { } finish) json.Write("finish_reason", finish);
        else json.WriteNull("finish_reason"u8);
    }

    private bool TryAddDelta(JsonProperty member) => member.Value.ValueKind is JsonValueKind.Null || member.Name switch
    {
        "role" => (_role = member.Value.GetString()) is not null,
        "content" or "refusal" or "reasoning_content" or "reasoning" => TryAppend(member),
        "tool_calls" => member.Value.ValueKind is JsonValueKind.Array && member.Value.EnumerateArray().All(TryAddCall),
        _ => false,
    };

    private bool TryAppend(JsonProperty member)
    {
        if (member.Value.ValueKind is not JsonValueKind.String) return false;
        if (!_texts.TryGetValue(member.Name, out var text)) _texts[member.Name] = text = new StringBuilder();
        text.Append(member.Value.GetString());
        return true;
    }

    private bool TryAddProbabilities(JsonProperty member)
    {
        if (member.Value.ValueKind is JsonValueKind.Null) return true;
        if (member.Name is not "content" || member.Value.ValueKind is not JsonValueKind.Array) return false;
        _probabilities.AddRange(member.Value.EnumerateArray());
        return true;
    }

    private bool TryAddCall(JsonElement call)
    {
        if (!call.TryGetProperty("index", out var given) || !given.TryGetInt32(out var index)) return false;
        if (!_calls.TryGetValue(index, out var sum)) _calls[index] = sum = new CallSum();
        return sum.TryAdd(call);
    }
}
