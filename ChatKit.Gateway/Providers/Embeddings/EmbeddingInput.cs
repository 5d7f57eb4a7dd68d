using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Embeddings;

/// <summary>What an embeddings request asks for, as far as not every provider can do it.</summary>
internal readonly record struct EmbeddingInput(bool HasTokens, bool WantsBase64)
{
    public static EmbeddingInput Of(ModelCall call)
    {
        var source = call.Body.Span;
        var input = default(EmbeddingInput);
        foreach (var member in call.Envelope.Members)
        {
            if (member.Is(source, "input"u8)) input = input with { HasTokens = IsTokens(member.Value(source)) };
            else if (member.Is(source, "encoding_format"u8)) input = input with { WantsBase64 = member.HasValue(source, "base64"u8) };
        }

        return input;
    }

    /// <summary>The error of a request with ids that are no text, for a provider that reads only text.</summary>
    public static GatewayError TokensRefused(string provider) => ChatRefusals.UnsupportedValue(
        "input", $"{provider} reads text, and these token ids are none of OpenAI's encoding cl100k_base. Send the text itself, or choose another model.");

    /// <summary>The call as if no <c>encoding_format</c> had been given.</summary>
    public static ModelCall WithoutFormat(ModelCall call)
    {
        var source = call.Body.Span;
        var rest = new ArrayBufferWriter<byte>(source.Length);
        var splice = new JsonSplice(source, call.Envelope.ObjectStart, rest);
        foreach (var member in call.Envelope.Members)
        {
            if (member.Is(source, "encoding_format"u8)) splice.Drop(member);
            else splice.Keep(member);
        }

        splice.Finish();
        return call.WithBody(rest.WrittenMemory);
    }

    /// <summary>Numbers, or arrays of numbers: the first element tells.</summary>
    private static bool IsTokens(ReadOnlySpan<byte> input)
    {
        var reader = new Utf8JsonReader(input, JsonLimits.Options);
        while (reader.Read() && reader.TokenType is JsonTokenType.StartArray)
        {
        }

        return reader.TokenType is JsonTokenType.Number;
    }
}
