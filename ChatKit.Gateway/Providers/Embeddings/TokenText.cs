using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Tokens;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Embeddings;

/// <summary>
/// Token ids back into text, for providers that read only that. LangChain and others cut their texts with the encoding of OpenAI's embeddings
/// (https://github.com/openai/tiktoken, cl100k_base) and send the ids of what they cut.
/// </summary>
internal static class TokenText
{
    private const string OpenAiEmbeddings = "text-embedding-3-small";

    /// <summary>Every id up to here is some bytes of text; what lies above is not.</summary>
    private const int LargestId = 100_256;

    /// <summary>The call with text in place of ids; null where the ids are no text.</summary>
    public static ModelCall? Decode(ModelCall call)
    {
        var source = call.Body.Span;
        var body = new ArrayBufferWriter<byte>(source.Length);
        var splice = new JsonSplice(source, call.Envelope.ObjectStart, body);
        foreach (var member in call.Envelope.Members)
        {
            if (!member.Is(source, "input"u8)) splice.Keep(member);
            else if (Texts(JsonElement.Parse(member.Value(source))) is { } texts) splice.ReplaceValue(member, texts);
            else return null;
        }

        splice.Finish();
        return call.WithBody(body.WrittenMemory);
    }

    /// <summary>One text for an array of ids, several for several arrays.</summary>
    private static byte[]? Texts(JsonElement input)
    {
        var isOne = input[0].ValueKind is JsonValueKind.Number;
        List<byte> written = isOne ? [] : [(byte)'['];
        foreach (var ids in isOne ? [input] : input.EnumerateArray().ToArray())
        {
            if (Text(ids) is not { } text) return null;
            if (written.Count > 1) written.Add((byte)',');
            written.AddRange(JsonText.Quote(text));
        }

        if (!isOne) written.Add((byte)']');
        return [.. written];
    }

    private static string? Text(JsonElement ids)
    {
        if (ids.ValueKind is not JsonValueKind.Array) return null;
        var numbers = new List<int>(ids.GetArrayLength());
        foreach (var id in ids.EnumerateArray())
        {
            if (id.ValueKind is not JsonValueKind.Number || !id.TryGetInt32(out var number) || number is < 0 or > LargestId) return null;
            numbers.Add(number);
        }

        return TokenEncodings.Of(OpenAiEmbeddings).Decode(numbers);
    }
}
