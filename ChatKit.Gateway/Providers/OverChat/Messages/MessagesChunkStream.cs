using System.Buffers;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>
/// Chunks → the events of a streamed message (https://platform.claude.com/docs/en/build-with-claude/streaming). A block ends where the next of another kind
/// begins; usage, which chat tells last, stands in <c>message_delta</c>.
/// </summary>
internal sealed class MessagesChunkStream : IChunkTranslation
{
    private readonly MessagesEventWriter _events;
    private readonly CallSequence _calls;
    private string? _finish;
    private ChatNativeFinish? _native;
    private bool _refused;

    public MessagesChunkStream(string clientModel)
    {
        _events = new MessagesEventWriter(clientModel);
        _calls = new CallSequence(_events);
    }

    public void Next(ChatReply chunk, IBufferWriter<byte> output)
    {
        _events.Identify(chunk.Id);
        if (chunk.First is not { } choice) return;
        _finish = choice.FinishReason ?? _finish;
        _native = choice.ProviderSpecificFields ?? _native;
        if (choice.Delta is not { } delta) return;
        Think(delta, output);
        Say(delta.Content?.Text, output);
        if (delta.Refusal is { Length: > 0 }) _refused = true;
        Say(delta.Refusal, output);
        foreach (var citation in MessagesAnswerTranslator.Citations(delta.Annotations) ?? [])
        {
            Open("text", output);
            _events.Delta(new GivenDelta { Type = "citations_delta", Citation = citation }, output);
        }

        for (var i = 0; i < delta.ToolCalls?.Count; i++)
            if (delta.ToolCalls[i] is { } piece)
                _calls.Add(piece, output);
    }

    public void Finish(in AnswerFacts facts, IBufferWriter<byte> output)
    {
        _calls.Finish(output);
        _events.Finish(
            _refused ? "refusal" : MessagesAnswerTranslator.StopReason(_finish, _native),
            _native?.StopSequence,
            MessagesAnswerTranslator.Usage(facts.Usage),
            output);
    }

    private void Say(string? text, IBufferWriter<byte> output)
    {
        if (text is not { Length: > 0 }) return;
        Open("text", output);
        _events.Delta(new GivenDelta { Type = "text_delta", Text = text }, output);
    }

    private void Think(ChatReplyMessage delta, IBufferWriter<byte> output)
    {
        if (delta.ThinkingBlocks is not { Count: > 0 } blocks)
        {
            Think(delta.Thought, output);
            return;
        }

        foreach (var block in blocks)
        {
            if (block?.Type is "redacted_thinking") _events.Whole(new GivenBlock("redacted_thinking") { Data = block.Data ?? "" }, output);
            else Think(block?.Thinking, output);
            if (block?.Signature is { Length: > 0 } signature) Sign(signature, output);
        }
    }

    private void Think(string? text, IBufferWriter<byte> output)
    {
        if (text is not { Length: > 0 }) return;
        Open("thinking", output);
        _events.Delta(new GivenDelta { Type = "thinking_delta", Thinking = text }, output);
    }

    /// <summary>The seal is the last of a block: more thinking is another one.</summary>
    private void Sign(string signature, IBufferWriter<byte> output)
    {
        Open("thinking", output);
        _events.Delta(new GivenDelta { Type = "signature_delta", Signature = signature }, output);
        _events.Close(output);
    }

    private void Open(string type, IBufferWriter<byte> output)
    {
        if (_events.Current == type) return;
        _calls.Finish(output);
        _events.Open(type is "text" ? new GivenBlock(type) { Text = "" } : new GivenBlock(type) { Thinking = "", Signature = "" }, output);
    }
}
