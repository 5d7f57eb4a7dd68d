using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary><c>content</c>: a string is shorthand for one part of type <c>text</c>.</summary>
internal sealed class ChatContentConverter : JsonConverter<IReadOnlyList<ChatPart>>
{
    public override IReadOnlyList<ChatPart>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? [new ChatPart { Type = "text", Text = reader.GetString() }]
            : JsonSerializer.Deserialize(ref reader, OpenAiJson.Default.ListChatPart);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<ChatPart> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value], OpenAiJson.Default.ListChatPart);
}

/// <summary><c>stop</c>: one string or an array of them.</summary>
internal sealed class OneOrManyConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String ? [reader.GetString()!] : JsonSerializer.Deserialize(ref reader, OpenAiJson.Default.ListString);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value], OpenAiJson.Default.ListString);
}
