using System.Text;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>One tool call: its id and name came first, its arguments in pieces.</summary>
internal sealed class CallSum
{
    private readonly StringBuilder _arguments = new();
    private string? _id;
    private string? _name;

    public bool TryAdd(JsonElement call) => call.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Null || member.Name switch
    {
        "index" => true,
        "id" => (_id = member.Value.GetString()) is not null,
        "type" => member.Value.ValueEquals("function"u8),
        "function" => member.Value.ValueKind is JsonValueKind.Object && member.Value.EnumerateObject().All(TryAddFunction),
        _ => false,
    });

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, _id);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, _name);
        json.WriteString("arguments"u8, _arguments.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private bool TryAddFunction(JsonProperty member)
    {
        if (member.Value.ValueKind is JsonValueKind.Null) return true;
        if (member.Value.ValueKind is not JsonValueKind.String || member.Name is not ("name" or "arguments")) return false;
        if (member.Name is "name") _name += member.Value.GetString();
        else _arguments.Append(member.Value.GetString());
        return true;
    }
}
