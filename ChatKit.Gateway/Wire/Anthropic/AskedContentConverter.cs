using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>Content is blocks, a single block of some results of server tools, or a string as shorthand for one block of text.</summary>
internal sealed class AskedContentConverter : JsonConverter<IReadOnlyList<AskedBlock>>
{
    public override IReadOnlyList<AskedBlock>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => [new AskedBlock { Type = "text", Text = reader.GetString() }],
        JsonTokenType.StartObject => [JsonSerializer.Deserialize(ref reader, AnthropicJson.Default.AskedBlock)!],
        _ => JsonSerializer.Deserialize(ref reader, AnthropicJson.Default.ListAskedBlock),
    };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<AskedBlock> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value], AnthropicJson.Default.ListAskedBlock);
}
