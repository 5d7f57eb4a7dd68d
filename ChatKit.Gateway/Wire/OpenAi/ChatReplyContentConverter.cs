using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// <c>content</c> of an answer: text, or parts as Mistral's reasoning models send them (https://docs.mistral.ai/capabilities/reasoning):
/// <code>[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Hi"}]</code>
/// </summary>
internal sealed class ChatReplyContentConverter : JsonConverter<ChatReplyContent>
{
    public override ChatReplyContent? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String) return new ChatReplyContent(reader.GetString(), null);
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException();
        using var parts = JsonDocument.ParseValue(ref reader);
        StringBuilder? text = null, thinking = null;
        foreach (var part in parts.RootElement.EnumerateArray())
        {
            if (part.ValueKind is not JsonValueKind.Object) continue;
            if (part.TryGetProperty("text", out var said) && said.ValueKind is JsonValueKind.String) (text ??= new()).Append(said.GetString());
            if (part.TryGetProperty("thinking", out var thought)) Think(thought, thinking ??= new());
        }

        return new ChatReplyContent(text?.ToString(), thinking?.ToString());
    }

    public override void Write(Utf8JsonWriter writer, ChatReplyContent value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);

    private static void Think(JsonElement thought, StringBuilder thinking)
    {
        if (thought.ValueKind is JsonValueKind.String) thinking.Append(thought.GetString());
        if (thought.ValueKind is not JsonValueKind.Array) return;
        foreach (var piece in thought.EnumerateArray())
            if (piece.ValueKind is JsonValueKind.Object && piece.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String)
                thinking.Append(text.GetString());
    }
}
