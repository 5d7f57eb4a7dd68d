using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>Adds the events of a streamed message up.</summary>
internal sealed class MessageSum
{
    private readonly SortedDictionary<int, BlockSum> _blocks = [];
    private readonly Dictionary<string, JsonElement> _usage = [];
    private readonly Dictionary<string, JsonElement> _end = [];
    private JsonElement? _message;

    /// <summary>False where the event says what nobody here knows how to add.</summary>
    public bool TryAdd(JsonElement data)
    {
        switch (data.TryGetProperty("type", out var type) ? type.GetString() : null)
        {
            case "ping" or "message_stop" or "content_block_stop":
                return true;
            case "message_start" when data.TryGetProperty("message", out var message):
                _message = message;
                TakeUsage(message);
                return true;
            case "content_block_start" when data.TryGetProperty("content_block", out var block):
                _blocks[data.GetProperty("index").GetInt32()] = new BlockSum(block);
                return true;
            case "content_block_delta" when data.TryGetProperty("delta", out var delta):
                return _blocks.TryGetValue(data.GetProperty("index").GetInt32(), out var begun) && begun.TryAdd(delta);
            case "message_delta" when data.TryGetProperty("delta", out var end):
                foreach (var member in end.EnumerateObject()) _end[member.Name] = member.Value;
                TakeUsage(data);
                return true;
            default:
                return false;
        }
    }

    public bool TryWrite(Utf8JsonWriter json)
    {
        if (_message is not { } message) return false;
        json.WriteStartObject();
        json.WriteMembers(message, name => name is not ("content" or "usage") && !_end.ContainsKey(name));
        json.WriteStartArray("content"u8);
        var isWhole = _blocks.Values.All(block => block.TryWrite(json));
        json.WriteEndArray();
        foreach (var (name, value) in _end) json.Write(name, value);
        json.WriteStartObject("usage"u8);
        foreach (var (name, value) in _usage) json.Write(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
        return isWhole;
    }

    private void TakeUsage(JsonElement holder)
    {
        if (!holder.TryGetProperty("usage", out var usage) || usage.ValueKind is not JsonValueKind.Object) return;
        foreach (var member in usage.EnumerateObject()) _usage[member.Name] = member.Value;
    }
}
