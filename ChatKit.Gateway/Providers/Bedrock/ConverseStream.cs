using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Streamed Converse answer → chat completion chunks: <c>messageStart</c>, then for each block <c>contentBlockStart</c> (of tools only),
/// <c>contentBlockDelta</c>…, <c>contentBlockStop</c>, then <c>messageStop</c> with the reason and, last, <c>metadata</c> with the usage, for which the finish
/// waits. A stream that ends between the two is complete and has no usage.
/// </summary>
internal sealed class ConverseStream(ModelCall call, string id, long created) : IAnswerStream
{
    private readonly ChatChunkWriter _chunks = new(id, created, call.ClientModel);
    private TokenUsage? _usage;
    private string? _stopReason;
    private JsonElement? _trace;
    private int _toolCalls;
    private bool _isAnswer;
    private bool _awaitsArguments;
    private bool _finished;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(_usage, id, null, _finished ? ConverseAnswerTranslator.FinishReason(_stopReason, _toolCalls > 0) : null);

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        var type = Encoding.UTF8.GetString(upstream.Type.Span);
        if (BedrockErrors.IsException(type)) return Fail(BedrockErrors.Inside(type, upstream.Data.Span));
        ConverseEvent? received;
        try
        {
            received = JsonUnicode.Read(upstream.Data.Span, BedrockJson.Default.ConverseEvent);
        }
        catch (JsonException)
        {
            return Fail(BedrockErrors.Broken("The provider's stream holds an event that is not JSON of its dialect."));
        }

        return type switch
        {
            "contentBlockStart" => Add(Opening(received?.Start?.ToolUse), output),
            "contentBlockDelta" => Add(Piece(received?.Delta), output),
            "contentBlockStop" => Add(Closing(), output),
            "messageStop" => Stop(received?.StopReason),
            "metadata" => Count(received, output),
            _ => StreamStep.Preamble,
        };
    }

    public StreamStep End(IBufferWriter<byte> output) => _stopReason is null ? StreamStep.Preamble : Finish(output);

    private ChatDelta? Opening(ConverseToolUse? use)
    {
        _isAnswer = use is not null && ConverseAnswerTranslator.IsAnswer(use.Name);
        if (use is null || _isAnswer) return null;
        _awaitsArguments = true;
        return new ChatDelta { ToolCalls = [ConverseAnswerTranslator.Call(use, "") with { Index = _toolCalls++ }] };
    }

    private ChatDelta? Piece(ConverseDelta? delta)
    {
        switch (delta)
        {
            case { Text.Length: > 0 }:
                return new ChatDelta { Content = delta.Text };
            case { ToolUse.Input: { Length: > 0 } input } when _isAnswer:
                return new ChatDelta { Content = input };
            case { ToolUse.Input: { Length: > 0 } input } when _toolCalls > 0:
                _awaitsArguments = false;
                return Arguments(input);
            case { ReasoningContent: { } reasoning }:
                return Reasoning(reasoning);
            default:
                return null;
        }
    }

    private static ChatDelta? Reasoning(ConverseReasoningDelta reasoning) => reasoning switch
    {
        { Text: { Length: > 0 } text } => new ChatDelta { ReasoningContent = text, ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = text }] },
        { Signature: { Length: > 0 } signature } => new ChatDelta { ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = "", Signature = signature }] },
        { RedactedContent: { Length: > 0 } redacted } => new ChatDelta { ThinkingBlocks = [new ChatThinkingBlock("redacted_thinking") { Data = redacted }] },
        _ => null,
    };

    /// <summary>A call without pieces has no arguments, which for OpenAI is <c>{}</c> and not nothing.</summary>
    private ChatDelta? Closing()
    {
        _isAnswer = false;
        if (!_awaitsArguments) return null;
        _awaitsArguments = false;
        return Arguments("{}");
    }

    private ChatDelta Arguments(string piece) => new() { ToolCalls = [new ChatToolCall { Index = _toolCalls - 1, Function = new ChatFunctionCall(null, piece) }] };

    private StreamStep Add(ChatDelta? delta, IBufferWriter<byte> output)
    {
        if (delta is null) return StreamStep.Preamble;
        _chunks.Write(output, delta);
        return StreamStep.Content;
    }

    private StreamStep Stop(string? reason)
    {
        _stopReason = reason ?? "end_turn";
        return StreamStep.Preamble;
    }

    private StreamStep Count(ConverseEvent? received, IBufferWriter<byte> output)
    {
        if (received?.Usage is { } usage) _usage = ConverseAnswerTranslator.Tokens(usage);
        _trace = received?.Trace;
        return _stopReason is null ? StreamStep.Preamble : Finish(output);
    }

    private StreamStep Finish(IBufferWriter<byte> output)
    {
        _finished = true;
        _chunks.Finish(
            output,
            ConverseAnswerTranslator.FinishReason(_stopReason, _toolCalls > 0),
            ConverseAnswerTranslator.NativeFinish(_stopReason, _trace),
            call.Envelope.IncludeUsage ? ConverseAnswerTranslator.Usage(_usage ?? default) : null);
        return StreamStep.Terminal;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
