using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Reasoning;

/// <summary>
/// Rewrites completions, whole or chunk by chunk, so that the reasoning of each choice stands at the beginning of its content.
/// <code>
/// {"delta":{"reasoning_content":"Hm."}} {"delta":{"content":"Hi"}}  →  {"delta":{"content":"&lt;think&gt;Hm."}} {"delta":{"content":"&lt;/think&gt;Hi"}}
/// </code>
/// </summary>
internal sealed class ReasoningMerge
{
    private const string Opening = "<think>";
    private const string Closing = "</think>";

    /// <summary>The choices whose reasoning has begun and not ended.</summary>
    private readonly HashSet<int> _open = [];

    public void Write(ReadOnlySpan<byte> completion, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(completion, members);
        var splice = new JsonSplice(completion, objectStart: 0, output);
        foreach (var member in members)
        {
            if (member.Kind is not JsonTokenType.StartArray || !member.Is(completion, "choices"u8))
            {
                splice.Keep(member);
                continue;
            }

            var choices = new ArrayBufferWriter<byte>();
            WriteChoices(member.Value(completion), choices);
            splice.ReplaceValue(member, choices.WrittenSpan);
        }

        splice.Finish();
    }

    private void WriteChoices(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var elements = new List<JsonMember>();
        JsonMembers.ReadElements(json, elements);
        var splice = new JsonSplice(json, objectStart: 0, output);
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i].Kind is not JsonTokenType.StartObject)
            {
                splice.Keep(elements[i]);
                continue;
            }

            var choice = new ArrayBufferWriter<byte>();
            WriteChoice(elements[i].Value(json), i, choice);
            splice.ReplaceValue(elements[i], choice.WrittenSpan);
        }

        splice.Finish();
    }

    private void WriteChoice(ReadOnlySpan<byte> json, int position, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(json, members);
        var (index, isEnd) = (position, false);
        foreach (var member in members)
        {
            if (member.Kind is JsonTokenType.Number && member.Is(json, "index"u8) && JsonElement.Parse(member.Value(json)).TryGetInt32(out var given)) index = given;
            isEnd |= member.Is(json, "message"u8) || (member.Kind is JsonTokenType.String && member.Is(json, "finish_reason"u8));
        }

        var splice = new JsonSplice(json, objectStart: 0, output);
        foreach (var member in members)
        {
            if (member.Kind is not JsonTokenType.StartObject || !(member.Is(json, "message"u8) || member.Is(json, "delta"u8)))
            {
                splice.Keep(member);
                continue;
            }

            var message = new ArrayBufferWriter<byte>();
            WriteMessage(member.Value(json), index, isEnd, message);
            splice.ReplaceValue(member, message.WrittenSpan);
        }

        splice.Finish();
    }

    /// <summary>Reasoning ends where anything else begins, or the answer does.</summary>
    private void WriteMessage(ReadOnlySpan<byte> json, int choice, bool isEnd, IBufferWriter<byte> output)
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
