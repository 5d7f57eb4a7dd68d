using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// Streamed message → chat completion chunks. The finish waits for <c>message_stop</c>, since the reason and the usage may be corrected until then.
/// </summary>
internal sealed class AnthropicStream(ModelCall call, long created) : IAnswerStream
{
    private ChatChunkWriter? _chunks;
    private string? _id;
    private string? _model;
    private MessagesUsage? _usage;
    private MessagesDelta? _end;
    private int _toolCalls;
    private string? _argumentsToCome;
    private bool _finished;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(
        _usage is null ? null : AnthropicAnswerTranslator.Tokens(_usage),
        _id,
        _model,
        _finished ? AnthropicAnswerTranslator.FinishReason(_end?.StopReason) : null);

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        MessagesEvent? received;
        try
        {
            received = JsonUnicode.Read(upstream.Data.Span, AnthropicJson.Default.MessagesEvent);
        }
        catch (JsonException)
        {
            return Fail(AnthropicErrors.Broken("The provider's stream holds an event that is not JSON of its dialect."));
        }

        return received?.Type switch
        {
            "message_start" => Start(received.Message),
            "content_block_start" => Add(Opening(received.ContentBlock), output),
            "content_block_delta" => Add(Piece(received.Delta), output),
            "content_block_stop" => Add(Closing(), output),
            "message_delta" => Update(received),
            "message_stop" => Finish(output),
            "error" => Fail(AnthropicErrors.Inside(received.Error)),
            _ => StreamStep.Preamble,
        };
    }

    private StreamStep Start(MessagesAnswer? message)
    {
        if (message?.Id is not { } id) return Fail(AnthropicErrors.Broken("The provider's stream begins with a message that has no id."));
        (_id, _model, _usage) = (id, message.Model, message.Usage);
        _chunks = new ChatChunkWriter(id, created, call.ClientModel);
        return StreamStep.Preamble;
    }

    /// <summary>A block that is whole at its start, or begins with content.</summary>
    private ChatDelta? Opening(AnswerBlock? block)
    {
        switch (block)
        {
            case { Type: "text", Text.Length: > 0 }:
                return new ChatDelta { Content = block.Text };
            case { Type: "redacted_thinking" }:
                return new ChatDelta { ThinkingBlocks = [AnthropicAnswerTranslator.Thinking(block)] };
            case { Type: "tool_use" }:
                _argumentsToCome = block.Input is { } input ? input.GetRawText() : "{}";
                return new ChatDelta { ToolCalls = [AnthropicAnswerTranslator.Call(block, "") with { Index = _toolCalls++ }] };
            default:
                return null;
        }
    }

    private ChatDelta? Piece(MessagesDelta? delta)
    {
        switch (delta)
        {
            case { Type: "text_delta", Text.Length: > 0 }:
                return new ChatDelta { Content = delta.Text };
            case { Type: "thinking_delta", Thinking.Length: > 0 }:
                return new ChatDelta { ReasoningContent = delta.Thinking, ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = delta.Thinking }] };
            case { Type: "signature_delta" }:
                return new ChatDelta { ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = "", Signature = delta.Signature }] };
            case { Type: "input_json_delta", PartialJson.Length: > 0 } when _toolCalls > 0:
                _argumentsToCome = null;
                return Arguments(delta.PartialJson);
            default:
                return null;
        }
    }

    /// <summary>A call without pieces of arguments has those of its start: mostly none, which for OpenAI is <c>{}</c> and not nothing.</summary>
    private ChatDelta? Closing()
    {
        if (_argumentsToCome is not { } arguments) return null;
        _argumentsToCome = null;
        return Arguments(arguments);
    }

    private ChatDelta Arguments(string piece) =>
        new() { ToolCalls = [new ChatToolCall { Index = _toolCalls - 1, Function = new ChatFunctionCall(null, piece) }] };

    private StreamStep Add(ChatDelta? delta, IBufferWriter<byte> output)
    {
        if (delta is null) return StreamStep.Preamble;
        if (_chunks is null) return Fail(AnthropicErrors.Broken("The provider's stream has content before its message began."));
        _chunks.Write(output, delta);
        return StreamStep.Content;
    }

    private StreamStep Update(MessagesEvent received)
    {
        if (received.Delta?.StopReason is not null) _end = received.Delta;
        _usage = received.Usage?.Over(_usage) ?? _usage;
        return StreamStep.Preamble;
    }

    private StreamStep Finish(IBufferWriter<byte> output)
    {
        if (_chunks is null) return Fail(AnthropicErrors.Broken("The provider's stream ends before its message began."));
        _finished = true;
        _chunks.Finish(
            output,
            AnthropicAnswerTranslator.FinishReason(_end?.StopReason),
            AnthropicAnswerTranslator.NativeFinish(_end?.StopReason, _end?.StopSequence, _end?.StopDetails),
            call.Envelope.IncludeUsage ? AnthropicAnswerTranslator.Usage(AnthropicAnswerTranslator.Tokens(_usage)) : null);
        return StreamStep.Terminal;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
