using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>One block of a message: what it began with, and the deltas to its members.</summary>
internal sealed class BlockSum(JsonElement begun)
{
    private readonly Dictionary<string, StringBuilder> _texts = [];
    private readonly List<JsonElement> _citations = [];

    public bool TryAdd(JsonElement delta)
    {
        var name = delta.GetProperty("type").GetString() switch
        {
            "text_delta" => "text",
            "thinking_delta" => "thinking",
            "signature_delta" => "signature",
            "input_json_delta" => "partial_json",
            "citations_delta" => "citation",
            _ => "",
        };
        if (!delta.TryGetProperty(name, out var value)) return false;
        if (name is "citation")
        {
            _citations.Add(value);
            return true;
        }

        if (!_texts.TryGetValue(name, out var text)) _texts[name] = text = new StringBuilder();
        text.Append(value.GetString());
        return true;
    }

    /// <summary>False where the pieces of a call's input are no JSON.</summary>
    public bool TryWrite(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteMembers(begun, name => !_texts.ContainsKey(name) && !(name is "citations" && _citations.Count > 0) && !(name is "input" && _texts.ContainsKey("partial_json")));
        var isWhole = true;
        foreach (var (name, text) in _texts)
        {
            if (name is "partial_json") isWhole = TryWriteInput(text.ToString(), json);
            else json.WriteString(name, text.ToString());
        }

        if (_citations.Count > 0)
        {
            json.WriteStartArray("citations"u8);
            foreach (var citation in _citations) citation.WriteTo(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        return isWhole;
    }

    private static bool TryWriteInput(string input, Utf8JsonWriter json)
    {
        try
        {
            json.Write("input", JsonElement.Parse(input.Length == 0 ? "{}" : input, new JsonDocumentOptions { MaxDepth = JsonLimits.MaxDepth }));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
