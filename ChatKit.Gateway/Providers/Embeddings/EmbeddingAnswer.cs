using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Embeddings;

/// <summary>Writes the answer that OpenAI's clients expect (https://platform.openai.com/docs/api-reference/embeddings/object) from another dialect's vectors.</summary>
internal static class EmbeddingAnswer
{
    /// <param name="output">Where it goes.</param>
    /// <param name="model">The client's name of the model.</param>
    /// <param name="vectors">Arrays of numbers, in the order of the input; their spelling survives.</param>
    /// <param name="tokens">What the input came to.</param>
    public static void Write(IBufferWriter<byte> output, string model, IReadOnlyList<JsonElement> vectors, long tokens)
    {
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        for (var i = 0; i < vectors.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object"u8, "embedding"u8);
            writer.WriteNumber("index"u8, i);
            writer.WritePropertyName("embedding"u8);
            vectors[i].WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("model"u8, model);
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("prompt_tokens"u8, tokens);
        writer.WriteNumber("total_tokens"u8, tokens);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
