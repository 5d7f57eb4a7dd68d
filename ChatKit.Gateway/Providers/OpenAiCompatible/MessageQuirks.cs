using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>Applies a vendor's quirks to each message of the array, and leaves everything between and inside them as it stands.</summary>
internal readonly struct MessageQuirks(RequestQuirks quirks, List<string> losses)
{
    public void Write(ReadOnlySpan<byte> messages, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>(8);
        var reader = new Utf8JsonReader(messages, JsonLimits.Options);
        var copied = 0;
        reader.Read();
        for (var index = 0; reader.Read() && reader.TokenType is JsonTokenType.StartObject; index++)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            output.Write(messages[copied..start]);
            WriteMessage(messages[start..end], index, isLast: messages[end..].TrimStart(" \t\r\n"u8) is [(byte)']', ..], members, output);
            copied = end;
        }

        output.Write(messages[copied..]);
    }

    private void WriteMessage(ReadOnlySpan<byte> message, int index, bool isLast, List<JsonMember> members, IBufferWriter<byte> output)
    {
        JsonMembers.Read(message, members);
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        var splice = new JsonSplice(message, objectStart: 0, output);
        var (thinking, isContinued) = (quirks.ReasonsInContent ? Reasoning(message, members) : null, isLast && quirks.MarksPrefix && IsUnmarkedAssistant(message, members));
        var hasContent = false;
        foreach (var member in members)
        {
            var name = member.Name(message, memory);
            if (thinking is not null && name is "content")
            {
                splice.ReplaceValue(member, ContentChunks.WithThinking(thinking, JsonElement.Parse(member.Value(message))));
                hasContent = true;
            }
            else if (thinking is not null && name is "reasoning_content")
            {
                splice.Drop(member);
            }
            else if (IsDropped(name))
            {
                if (!SaysNothing(member, message)) losses.Add($"messages[{index}].{name}");
                splice.Drop(member);
            }
            else if (!WriteId(ref splice, name, member, message))
            {
                if (VendorValue.Find(quirks.MessageValues, name, member, message) is { } value) splice.ReplaceValue(member, JsonText.Quote(value));
                else splice.Keep(member);
            }
        }

        if (thinking is not null && !hasContent) splice.Append("content", ContentChunks.WithThinking(thinking, null));
        if (isContinued) splice.Append("prefix", "true"u8);
        splice.Finish();
    }

    private bool WriteId(ref JsonSplice splice, scoped ReadOnlySpan<char> name, in JsonMember member, ReadOnlySpan<byte> message)
    {
        if (quirks.ToolCallIdLength is not { } length) return false;
        if (name is "tool_call_id" && ToolCallIds.FitValue(member, message, length) is { } id)
        {
            splice.ReplaceValue(member, JsonText.Quote(id));
            return true;
        }

        if (name is not "tool_calls" || member.Kind is not JsonTokenType.StartArray) return false;
        var calls = new ArrayBufferWriter<byte>();
        ToolCallIds.Write(member.Value(message), length, calls);
        splice.ReplaceValue(member, calls.WrittenSpan);
        return true;
    }

    /// <summary>The reasoning of an earlier answer; null where the message has none, or has text that is no text.</summary>
    private static string? Reasoning(ReadOnlySpan<byte> message, List<JsonMember> members)
    {
        foreach (var member in members)
        {
            if (member.Kind is JsonTokenType.String && member.Is(message, "reasoning_content"u8) && JsonUnicode.IsText(message))
                return JsonElement.Parse(member.Value(message)).GetString() is { Length: > 0 } text ? text : null;
        }

        return null;
    }

    private static bool IsUnmarkedAssistant(ReadOnlySpan<byte> message, List<JsonMember> members)
    {
        var isAssistant = false;
        foreach (var member in members)
        {
            if (member.Is(message, "prefix"u8) || (member.Kind is JsonTokenType.StartArray && member.Is(message, "tool_calls"u8))) return false;
            isAssistant |= member.Is(message, "role"u8) && member.HasValue(message, "assistant"u8);
        }

        return isAssistant;
    }

    /// <summary>What SDKs write where they have nothing to say.</summary>
    private static bool SaysNothing(in JsonMember member, ReadOnlySpan<byte> message) =>
        member.Kind is JsonTokenType.Null || (member.Kind is JsonTokenType.StartArray && member.Value(message)[1..].TrimStart(" \t\r\n"u8) is [(byte)']']);

    private bool IsDropped(ReadOnlySpan<char> name)
    {
        foreach (var dropped in quirks.MessageDrops)
        {
            if (name.SequenceEqual(dropped)) return true;
        }

        return false;
    }
}
