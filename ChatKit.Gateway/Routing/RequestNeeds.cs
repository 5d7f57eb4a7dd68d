using System.Text.Json;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// What a model has to be able to do for a call: told by the types of the parts in its messages, in OpenAI's words (<c>image_url</c>, <c>input_image</c>) and
/// Anthropic's (<c>image</c>, <c>document</c>), and by its tools.
/// </summary>
internal sealed record RequestNeeds(bool Vision, bool Audio, bool Pdf, bool Tools)
{
    public static RequestNeeds Of(ReadOnlyMemory<byte> body, CallEnvelope envelope)
    {
        var (vision, audio, pdf, tools) = (false, false, false, false);
        if (body.IsEmpty) return new RequestNeeds(vision, audio, pdf, tools);
        foreach (var member in envelope.Members)
        {
            if (member.Is(body.Span, "tools"u8) || member.Is(body.Span, "functions"u8)) tools |= member.Kind is JsonTokenType.StartArray && member.Value(body.Span).Length > 2;
            else if (member.Is(body.Span, "messages"u8) || member.Is(body.Span, "input"u8)) Scan(member.Value(body.Span), ref vision, ref audio, ref pdf);
        }

        return new RequestNeeds(vision, audio, pdf, tools);
    }

    /// <summary>What the model is known not to do; null where nothing is in the way. Of what nobody said of a model, it is believed capable.</summary>
    public string? MissingIn(ModelFacts facts) =>
        Vision && facts.Vision is false ? "images"
        : Audio && facts.Audio is false ? "audio"
        : Pdf && facts.Pdf is false ? "documents"
        : Tools && facts.Tools is false ? "tools"
        : null;

    private static void Scan(ReadOnlySpan<byte> messages, ref bool vision, ref bool audio, ref bool pdf)
    {
        var reader = new Utf8JsonReader(messages, JsonLimits.Options);
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName || !JsonText.Is(ref reader, "type"u8) || !reader.Read() || reader.TokenType is not JsonTokenType.String) continue;
            vision |= JsonText.Is(ref reader, "image_url"u8) || JsonText.Is(ref reader, "input_image"u8) || JsonText.Is(ref reader, "image"u8);
            audio |= JsonText.Is(ref reader, "input_audio"u8);
            pdf |= JsonText.Is(ref reader, "document"u8) || JsonText.Is(ref reader, "file"u8) || JsonText.Is(ref reader, "input_file"u8);
        }
    }
}
