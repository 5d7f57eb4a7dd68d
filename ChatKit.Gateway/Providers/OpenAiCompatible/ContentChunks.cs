using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// Answers whose content is an array, which clients of OpenAI's dialect do not expect: the text becomes the content, the thinking the reasoning, and what else
/// there is stays whole in LiteLLM's <c>provider_specific_fields</c> (https://docs.mistral.ai/capabilities/reasoning, https://docs.mistral.ai/capabilities/citations).
/// <code>
/// "content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Hi"},{"type":"reference","reference_ids":[1]}]
/// </code>
/// </summary>
internal sealed class ContentChunks : CompletionRewrite
{
    /// <summary>The assistant's reasoning of an earlier answer, at the head of its content again.</summary>
    public static byte[] WithThinking(string thinking, JsonElement? content)
    {
        var chunks = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(chunks, JsonText.Plain))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("type"u8, "thinking"u8);
            writer.WriteStartArray("thinking"u8);
            WriteText(writer, thinking);
            writer.WriteEndArray();
            writer.WriteEndObject();
            if (content is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } said) WriteText(writer, said);
            else if (content is { ValueKind: JsonValueKind.Array } parts) foreach (var part in parts.EnumerateArray()) part.WriteTo(writer);
            writer.WriteEndArray();
        }

        return chunks.WrittenSpan.ToArray();
    }

    protected override void WriteMessage(ReadOnlySpan<byte> json, int choice, bool isEnd, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(json, members);
        var at = -1;
        for (var i = 0; i < members.Count && at < 0; i++)
            if (members[i].Kind is JsonTokenType.StartArray && members[i].Is(json, "content"u8))
                at = i;
        if (at < 0 || !JsonUnicode.IsText(members[at].Value(json)))
        {
            output.Write(json);
            return;
        }

        var (text, thinking, others) = Sort(JsonElement.Parse(members[at].Value(json)));
        var splice = new JsonSplice(json, objectStart: 0, output);
        for (var i = 0; i < members.Count; i++)
        {
            if (i != at) splice.Keep(members[i]);
            else if (text.Length == 0 && thinking.Length > 0 && !isEnd) splice.Drop(members[i]);
            else splice.ReplaceValue(members[i], JsonText.Quote(text));
        }

        if (thinking.Length > 0) splice.Append("reasoning_content", JsonText.Quote(thinking));
        if (others.Count > 0) splice.Append("provider_specific_fields", Encoding.UTF8.GetBytes($$"""{"content_blocks":[{{string.Join(',', others)}}]}"""));
        splice.Finish();
    }

    private static (string Text, string Thinking, List<string> Others) Sort(JsonElement content)
    {
        var (text, thinking, others) = (new StringBuilder(), new StringBuilder(), new List<string>());
        foreach (var chunk in content.EnumerateArray())
        {
            if (TextOf(chunk) is { } said) text.Append(said);
            else if (TypeOf(chunk) is "thinking" && chunk.TryGetProperty("thinking", out var thought)) thinking.Append(Thought(thought));
            else others.Add(chunk.GetRawText());
        }

        return (text.ToString(), thinking.ToString(), others);
    }

    private static string Thought(JsonElement thought) => thought.ValueKind switch
    {
        JsonValueKind.String => thought.GetString()!,
        JsonValueKind.Array => string.Concat(thought.EnumerateArray().Select(TextOf)),
        _ => "",
    };

    private static string? TextOf(JsonElement chunk) =>
        TypeOf(chunk) is "text" && chunk.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private static string? TypeOf(JsonElement chunk) =>
        chunk.ValueKind is JsonValueKind.Object && chunk.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String ? type.GetString() : null;

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }
}
