using System.Buffers;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>
/// Chunks → the events of a streamed response (https://platform.openai.com/docs/api-reference/responses-streaming): an item ends where the next of another kind
/// begins, and the last event repeats the whole response.
/// </summary>
internal sealed class ResponsesChunkStream : IChunkTranslation
{
    private readonly GivenResponse _shell;
    private readonly ResponsesEventWriter _events;
    private readonly CallSequence _calls;
    private readonly ReasoningItem _reasoning;
    private readonly MessageItem _message;
    private string? _finish;
    private string? _tier;

    public ResponsesChunkStream(GivenResponse shell, ResponseIds ids)
    {
        _shell = shell;
        _events = new ResponsesEventWriter(shell);
        _calls = new CallSequence(new CallItem(_events, ids));
        _reasoning = new ReasoningItem(_events, ids);
        _message = new MessageItem(_events, ids);
    }

    public void Next(ChatReply chunk, IBufferWriter<byte> output)
    {
        _tier = chunk.ServiceTier ?? _tier;
        if (chunk.First is not { } choice) return;
        _finish = choice.FinishReason ?? _finish;
        if (choice.Delta is not { } delta) return;
        var blocks = delta.ThinkingBlocks ?? [];
        if (delta.Thought is { Length: > 0 } || blocks.Count > 0)
        {
            _message.Close(output);
            _calls.Finish(output);
            _reasoning.Add(delta.Thought, blocks, output);
        }

        if (delta.Content?.Text is { Length: > 0 } || delta.Refusal is { Length: > 0 } || delta.Annotations is { Count: > 0 })
        {
            _reasoning.Close(output);
            _calls.Finish(output);
            _message.Add(delta, output);
        }

        for (var i = 0; i < delta.ToolCalls?.Count; i++)
        {
            if (delta.ToolCalls[i] is not { } piece) continue;
            _reasoning.Close(output);
            _message.Close(output);
            _calls.Add(piece, output);
        }
    }

    public void Finish(in AnswerFacts facts, IBufferWriter<byte> output)
    {
        _reasoning.Close(output);
        _message.Close(output, isCut: _finish is "length" or "content_filter");
        _calls.Finish(output);
        _events.Finish(ResponsesAnswerTranslator.Complete(_shell, _events.Items, _finish, _tier, facts), output);
    }
}
