using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>A candidate's parts one after the other, where neighbours that are plain text are one; of all else the latest.</summary>
internal sealed class CandidateSum
{
    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly List<(JsonElement Part, string? Text, bool IsThought)> _parts = [];
    private string? _role;

    public void Add(JsonElement candidate)
    {
        foreach (var member in candidate.EnumerateObject())
        {
            if (member.Name is not "content" || member.Value.ValueKind is not JsonValueKind.Object)
            {
                _members[member.Name] = member.Value;
                continue;
            }

            if (member.Value.TryGetProperty("role", out var role)) _role = role.GetString();
            if (!member.Value.TryGetProperty("parts", out var parts) || parts.ValueKind is not JsonValueKind.Array) continue;
            foreach (var part in parts.EnumerateArray()) AddPart(part);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("content"u8);
        json.WriteStartArray("parts"u8);
        foreach (var (part, text, isThought) in _parts)
        {
            if (text is null)
            {
                part.WriteTo(json);
                continue;
            }

            json.WriteStartObject();
            json.WriteString("text"u8, text);
            if (isThought) json.WriteBoolean("thought"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("role"u8, _role ?? "model");
        json.WriteEndObject();
        foreach (var (name, value) in _members) json.Write(name, value);
        json.WriteEndObject();
    }

    private void AddPart(JsonElement part)
    {
        var isThought = part.TryGetProperty("thought", out var thought) && thought.ValueKind is JsonValueKind.True;
        var isPlain = part.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String && part.EnumerateObject().All(static member => member.Name is "text" or "thought");
        if (isPlain && _parts.Count > 0 && _parts[^1] is { Text: { } before } last && last.IsThought == isThought) _parts[^1] = last with { Text = before + text.GetString() };
        else _parts.Add((part, isPlain ? text.GetString() : null, isThought));
    }
}
