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
            WriteMessage(messages[start..end], index, members, output);
            copied = end;
        }

        output.Write(messages[copied..]);
    }

    private void WriteMessage(ReadOnlySpan<byte> message, int index, List<JsonMember> members, IBufferWriter<byte> output)
    {
        JsonMembers.Read(message, members);
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        var splice = new JsonSplice(message, objectStart: 0, output);
        foreach (var member in members)
        {
            var name = member.Name(message, memory);
            if (IsDropped(name))
            {
                losses.Add($"messages[{index}].{name}");
                splice.Drop(member);
            }
            else if (VendorValue.Find(quirks.MessageValues, name, member, message) is { } value)
            {
                splice.ReplaceValue(member, JsonText.Quote(value));
            }
            else
            {
                splice.Keep(member);
            }
        }

        splice.Finish();
    }

    private bool IsDropped(ReadOnlySpan<char> name)
    {
        foreach (var dropped in quirks.MessageDrops)
        {
            if (name.SequenceEqual(dropped)) return true;
        }

        return false;
    }
}
