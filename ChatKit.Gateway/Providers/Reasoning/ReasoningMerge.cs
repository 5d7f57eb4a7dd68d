using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Reasoning;

/// <summary>
/// <c>merge_reasoning_content_in_choices</c> (https://docs.litellm.ai/docs/reasoning_content): for clients that show content only, the reasoning of each choice
/// stands at the beginning of its content, between <c>&lt;think&gt;</c> tags.
/// <code>
/// {"delta":{"reasoning_content":"Hm."}} {"delta":{"content":"Hi"}}  →  {"delta":{"content":"&lt;think&gt;Hm."}} {"delta":{"content":"&lt;/think&gt;Hi"}}
/// </code>
/// </summary>
internal sealed class ReasoningMerge : CompletionRewrite
{
    private const string Opening = "<think>";
    private const string Closing = "</think>";

    /// <summary>The choices whose reasoning has begun and not ended.</summary>
    private readonly HashSet<int> _open = [];

    /// <summary>Reasoning ends where anything else begins, or the answer does.</summary>
    protected override void WriteMessage(ReadOnlySpan<byte> json, int choice, bool isEnd, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(json, members);
        var text = new StringBuilder();
        var (reasoning, content, hasOther) = ("", "", false);
        foreach (var member in members)
        {
            if (member.Is(json, "reasoning_content"u8) || (reasoning.Length == 0 && member.Is(json, "reasoning"u8))) reasoning = TextOf(member, json);
            else if (member.Is(json, "content"u8)) content = TextOf(member, json);
            else hasOther |= member.Kind is JsonTokenType.StartArray && member.Is(json, "tool_calls"u8);
        }

        if (reasoning.Length > 0) text.Append(_open.Add(choice) ? Opening : "").Append(reasoning);
        if ((content.Length > 0 || hasOther || isEnd) && _open.Remove(choice)) text.Append(Closing);
        if (text.Length == 0)
        {
            output.Write(json);
            return;
        }

        var merged = JsonText.Quote(text.Append(content).ToString());
        var splice = new JsonSplice(json, objectStart: 0, output);
        var isWritten = false;
        foreach (var member in members)
        {
            if (member.Is(json, "content"u8) && !isWritten)
            {
                splice.ReplaceValue(member, merged);
                isWritten = true;
            }
            else if (member.Is(json, "reasoning_content"u8) || member.Is(json, "reasoning"u8))
            {
                splice.Drop(member);
            }
            else
            {
                splice.Keep(member);
            }
        }

        if (!isWritten) splice.Append("content", merged);
        splice.Finish();
    }

    private static string TextOf(in JsonMember member, ReadOnlySpan<byte> json)
    {
        var value = member.Value(json);
        return member.Kind is JsonTokenType.String && JsonUnicode.IsText(value) ? JsonElement.Parse(value).GetString()! : "";
    }
}
