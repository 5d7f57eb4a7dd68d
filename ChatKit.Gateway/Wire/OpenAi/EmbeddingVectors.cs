using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// The vectors of an embeddings answer, as numbers or as base64 of their little-endian 32-bit floats, whichever the client asked for and the provider has not:
/// <code>{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.0023,-0.0093]}],"model":"…","usage":{"prompt_tokens":8,"total_tokens":8}}</code>
/// https://platform.openai.com/docs/api-reference/embeddings/create#embeddings-create-encoding_format
/// </summary>
internal static class EmbeddingVectors
{
    /// <summary>
    /// Copies the answer with each vector in the wanted form; all other bytes survive. False where the bytes are no such answer: nothing of what was written counts.
    /// </summary>
    public static bool TryWrite(ReadOnlySpan<byte> answer, bool asBase64, IBufferWriter<byte> output)
    {
        try
        {
            Write(answer, asBase64, output);
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static void Write(ReadOnlySpan<byte> answer, bool asBase64, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(answer, JsonLimits.Options);
        var copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName) continue;
            if (reader.CurrentDepth == 1 && reader.ValueTextEquals("usage"u8))
            {
                copied = WriteUsage(ref reader, answer, copied, output);
                continue;
            }

            // {"data":[{"embedding":…}]} and nowhere else: depth 3 is a member of an element of a member of the answer.
            if (reader.CurrentDepth != 3 || !reader.ValueTextEquals("embedding"u8)) continue;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (asBase64 == (reader.TokenType is JsonTokenType.String))
            {
                reader.Skip();
                continue;
            }

            output.Write(answer[copied..start]);
            if (asBase64) WriteBase64(ref reader, output);
            else WriteNumbers(ref reader, output);
            copied = (int)reader.BytesConsumed;
        }

        output.Write(answer[copied..]);
    }

    /// <summary>OpenAI's clients read <c>prompt_tokens</c>; Voyage and others say only <c>total_tokens</c>, which are the same here.</summary>
    private static int WriteUsage(ref Utf8JsonReader reader, ReadOnlySpan<byte> answer, int copied, IBufferWriter<byte> output)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return copied;
        var inside = (int)reader.BytesConsumed;
        ReadOnlySpan<byte> total = default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8)) inside = 0;
            var isTotal = reader.ValueTextEquals("total_tokens"u8);
            reader.Read();
            if (isTotal && reader.TokenType is JsonTokenType.Number) total = reader.ValueSpan;
            reader.Skip();
        }

        if (inside == 0 || total.IsEmpty) return copied;
        output.Write(answer[copied..inside]);
        output.Write("\"prompt_tokens\":"u8);
        output.Write(total);
        output.Write(","u8);
        return inside;
    }

    private static void WriteBase64(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        if (reader.TokenType is not JsonTokenType.StartArray) throw new FormatException();
        var vector = new List<float>(1536);
        while (reader.Read() && reader.TokenType is JsonTokenType.Number) vector.Add((float)reader.GetDouble());
        if (reader.TokenType is not JsonTokenType.EndArray) throw new FormatException();
        var bytes = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(vector));
        output.Write("\""u8);
        Base64.EncodeToUtf8(bytes, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        output.Advance(written);
        output.Write("\""u8);
    }

    private static void WriteNumbers(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        if (!reader.TryGetBytesFromBase64(out var bytes) || bytes.Length % sizeof(float) != 0) throw new FormatException();
        var separator = "["u8;
        foreach (var number in MemoryMarshal.Cast<byte, float>(bytes))
        {
            if (!float.IsFinite(number)) throw new FormatException();
            output.Write(separator);
            number.TryFormat(output.GetSpan(32), out var written, default, CultureInfo.InvariantCulture);
            output.Advance(written);
            separator = ","u8;
        }

        output.Write(bytes.Length == 0 ? "[]"u8 : "]"u8);
    }
}
