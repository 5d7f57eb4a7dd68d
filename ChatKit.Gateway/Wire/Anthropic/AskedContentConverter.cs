using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>Content is blocks, a single block of some results of server tools, or a string as shorthand for one block of text.</summary>
internal sealed class AskedContentConverter : JsonConverter<IReadOnlyList<AskedBlock>>
{
    private static JsonConverter<AskedBlock> One => (JsonConverter<AskedBlock>)AnthropicJson.Default.AskedBlock.Converter;

    private static JsonConverter<List<AskedBlock>> Many => (JsonConverter<List<AskedBlock>>)AnthropicJson.Default.ListAskedBlock.Converter;

    public override IReadOnlyList<AskedBlock>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => [new AskedBlock { Type = "text", Text = reader.GetString() }],
        JsonTokenType.StartObject => [One.Read(ref reader, typeof(AskedBlock), options)!],
        _ => Many.Read(ref reader, typeof(List<AskedBlock>), options),
    };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<AskedBlock> value, JsonSerializerOptions options) =>
        Many.Write(writer, [.. value], options);
}
