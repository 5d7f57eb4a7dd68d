using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>Rewrites the messages of a completion, whole (<c>message</c>) or chunk by chunk (<c>delta</c>), and leaves every other byte as it is.</summary>
internal abstract class CompletionRewrite
{
    public void Write(ReadOnlySpan<byte> completion, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(completion, members);
        var splice = new JsonSplice(completion, completion.IndexOf((byte)'{'), output);
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

    /// <param name="json">The message, or what a chunk adds to it.</param>
    /// <param name="choice">The number of its choice.</param>
    /// <param name="isEnd">True where nothing of this choice comes after it.</param>
    /// <param name="output">Takes the message as it shall be.</param>
    protected abstract void WriteMessage(ReadOnlySpan<byte> json, int choice, bool isEnd, IBufferWriter<byte> output);

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
}
