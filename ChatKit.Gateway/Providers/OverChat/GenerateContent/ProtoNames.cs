using System.Collections.Frozen;
using System.Text.Json;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>
/// Google's APIs read every member in two spellings, <c>systemInstruction</c> and <c>system_instruction</c> (https://protobuf.dev/programming-guides/json/). Here
/// the second becomes the first, except inside what is the client's own: arguments, answers, schemas.
/// </summary>
internal static class ProtoNames
{
    private static readonly FrozenSet<string> Opaque = FrozenSet.Create(
        StringComparer.Ordinal, "args", "response", "parameters", "parametersJsonSchema", "responseSchema", "responseJsonSchema", "labels", "metadata");

    /// <summary>Well-formed JSON of text in, the same out.</summary>
    public static ReadOnlyMemory<byte> ToCamel(ReadOnlyMemory<byte> json)
    {
        if (!json.Span.Contains((byte)'_')) return json;
        var output = new System.Buffers.ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(output, JsonText.Plain)) Write(json.Span, writer);
        return output.WrittenMemory;
    }

    private static void Write(ReadOnlySpan<byte> json, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    var name = GeminiOwn.Camel(reader.GetString()!);
                    writer.WritePropertyName(name);
                    if (Opaque.Contains(name)) Copy(json, ref reader, writer);
                    break;
                default:
                    writer.WriteRawValue(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed], skipInputValidation: true);
                    break;
            }
        }
    }

    private static void Copy(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
    }
}
