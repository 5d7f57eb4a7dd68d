using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// What a chunk adds to an answer, as far as somebody who goes on with the answer has to know. Read only where an answer may have to go on elsewhere; all other
/// chunks pass with a look at their edges (<see cref="CompletionScan"/>).
/// </summary>
internal readonly record struct ChunkContent
{
    /// <summary>The text of the first choice.</summary>
    public string Text { get; private init; }

    /// <summary>Thoughts before the answer, in whatever member a provider has them.</summary>
    public bool HasReasoning { get; private init; }

    /// <summary>Tool calls, sound, a refusal, log probabilities, a second choice: what nobody else can go on with.</summary>
    public bool HasMore { get; private init; }

    public bool HasFinish { get; private init; }

    /// <summary>Reads a chunk that was scanned before.</summary>
    public static ChunkContent Read(ReadOnlySpan<byte> json)
    {
        var content = new ChunkContent { Text = "" };
        var reader = new Utf8JsonReader(json, JsonLimits.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isChoices = reader.ValueTextEquals("choices"u8);
            reader.Read();
            if (!isChoices || reader.TokenType is not JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.StartObject) content = ReadChoice(ref reader, content);
        }

        return content;
    }

    private static ChunkContent ReadChoice(ref Utf8JsonReader reader, ChunkContent content)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject) content = ReadDelta(ref reader, content);
                continue;
            }

            var (isIndex, isFinish, isProbabilities) = (reader.ValueTextEquals("index"u8), reader.ValueTextEquals("finish_reason"u8), reader.ValueTextEquals("logprobs"u8));
            reader.Read();
            if (isIndex && reader.TokenType is JsonTokenType.Number && reader.GetDouble() > 0) content = content with { HasMore = true };
            if (isFinish && reader.TokenType is JsonTokenType.String) content = content with { HasFinish = true };
            if (isProbabilities && reader.TokenType is not JsonTokenType.Null) content = content with { HasMore = true };
            reader.Skip();
        }

        return content;
    }

    private static ChunkContent ReadDelta(ref Utf8JsonReader reader, ChunkContent content)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var (isText, isRole, isReasoning) = (reader.ValueTextEquals("content"u8), reader.ValueTextEquals("role"u8), IsReasoning(ref reader));
            reader.Read();
            if (isText && reader.TokenType is JsonTokenType.String) content = content with { Text = content.Text + reader.GetString() };
            else if (!isRole && !SaysNothing(ref reader)) content = isReasoning ? content with { HasReasoning = true } : content with { HasMore = true };
            reader.Skip();
        }

        return content;
    }

    private static bool IsReasoning(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8) || reader.ValueTextEquals("thinking_blocks"u8)
        || reader.ValueTextEquals("reasoning_details"u8);

    private static bool SaysNothing(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null || (reader.TokenType is JsonTokenType.String && reader.ValueSpan.IsEmpty)) return true;
        if (reader.TokenType is not JsonTokenType.StartArray) return false;
        var ahead = reader;
        return ahead.Read() && ahead.TokenType is JsonTokenType.EndArray;
    }
}
