using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>
/// Ids of tool calls that carry a seal of Gemini's behind the id itself, <c>call_1__thought__Q28…</c> (<c>Providers/Gemini/ThoughtSignature</c>). Only Gemini takes
/// it back; others would refuse an id of that length (https://platform.openai.com/docs/api-reference/chat/create: 40 characters), so it ends with Gemini.
/// </summary>
internal static class SealedIds
{
    public const string Separator = "__thought__";

    private static ReadOnlySpan<byte> SeparatorBytes => "__thought__"u8;

    /// <summary>The id without a seal.</summary>
    public static string Plain(string id)
    {
        var seal = id.IndexOf(Separator, StringComparison.Ordinal);
        return seal <= 0 ? id : id[..seal];
    }

    /// <summary>The call with plain ids; the same one where they are, which one search in the bytes tells.</summary>
    public static ModelCall WithPlainIds(this ModelCall call) => call.Body.Span.IndexOf(SeparatorBytes) < 0 ? call : call.WithBody(Plain(call.Body.Span));

    /// <summary>Cuts the seals out of the values of <c>id</c> and <c>tool_call_id</c>, and leaves every other byte.</summary>
    private static ReadOnlyMemory<byte> Plain(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length);
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        var (copied, isId) = (0, false);
        while (reader.Read())
        {
            if (isId && reader.TokenType is JsonTokenType.String && reader.ValueSpan.IndexOf(SeparatorBytes) is > 0 and var seal)
            {
                var start = (int)reader.TokenStartIndex + 1;
                output.Write(json[copied..(start + seal)]);
                copied = start + reader.ValueSpan.Length;
            }

            isId = reader.TokenType is JsonTokenType.PropertyName && (JsonText.Is(ref reader, "id"u8) || JsonText.Is(ref reader, "tool_call_id"u8));
        }

        output.Write(json[copied..]);
        return output.WrittenMemory;
    }
}
