using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>Streamed Chat v2 answer → chat completion chunks (https://docs.cohere.com/docs/streaming).</summary>
internal sealed class CohereStream(ModelCall call, long created) : IAnswerStream
{
    private ChatChunkWriter? _chunks;
    private string? _id;
    private CohereUsage? _usage;
    private string? _finish;
    private int _calls;
    private bool _awaitsArguments;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(_usage is null ? null : CohereAnswerTranslator.Tokens(_usage), _id, null, _finish);

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        CohereEvent? received;
        try
        {
            received = JsonUnicode.Read(upstream.Data.Span, CohereJson.Default.CohereEvent);
        }
        catch (JsonException)
        {
            return Fail(OpenAiErrors.Broken("The provider's stream holds an event that is not JSON of its dialect."));
        }

        return received?.Type switch
        {
            "message-start" => Start(received.Id),
            "content-start" or "content-delta" => Add(Content(received.Delta?.Message?.Content), output),
            "tool-plan-delta" => Add(received.Delta?.Message?.ToolPlan is { Length: > 0 } plan ? new ChatDelta { ReasoningContent = plan } : null, output),
            "tool-call-start" => Add(Opening(received.Delta?.Message?.ToolCalls), output),
            "tool-call-delta" => Add(Arguments(received.Delta?.Message?.ToolCalls), output),
            "tool-call-end" => Add(Closing(), output),
            "citation-start" => Add(Citation(received.Delta?.Message?.Citations), output),
            "message-end" => Finish(received.Delta, output),
            null when OpenAiErrors.Inside(upstream.Data) is { Origin: ErrorOrigin.UpstreamStatus } error => Fail(error),
            _ => StreamStep.Preamble,
        };
    }

    private StreamStep Start(string? id)
    {
        _id = id ?? $"chatcmpl-{created}";
        _chunks = new ChatChunkWriter(_id, created, call.ClientModel);
        return StreamStep.Preamble;
    }

    private static ChatDelta? Content(JsonElement? content)
    {
        if (Text(content, "text") is { Length: > 0 } text) return new ChatDelta { Content = text };
        return Text(content, "thinking") is { Length: > 0 } thought
            ? new ChatDelta { ReasoningContent = thought, ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = thought }] }
            : null;
    }

    private ChatDelta? Opening(JsonElement? opened)
    {
        if (Text(opened, "id") is not { } id) return null;
        var function = Member(opened, "function");
        var arguments = Text(function, "arguments") ?? "";
        _awaitsArguments = arguments.Length == 0;
        return new ChatDelta { ToolCalls = [new ChatToolCall { Index = _calls++, Id = id, Type = "function", Function = new ChatFunctionCall(Text(function, "name"), arguments) }] };
    }

    private ChatDelta? Arguments(JsonElement? piece) =>
        _calls > 0 && Text(Member(piece, "function"), "arguments") is { Length: > 0 } arguments ? Piece(arguments) : null;

    /// <summary>A call of a function without parameters has no arguments, which for OpenAI is <c>{}</c> and not nothing.</summary>
    private ChatDelta? Closing() => _calls > 0 && _awaitsArguments ? Piece("{}") : null;

    private ChatDelta Piece(string arguments)
    {
        _awaitsArguments = false;
        return new ChatDelta { ToolCalls = [new ChatToolCall { Index = _calls - 1, Function = new ChatFunctionCall(null, arguments) }] };
    }

    private static ChatDelta? Citation(JsonElement? citation)
    {
        if (citation is not { ValueKind: JsonValueKind.Object } cited) return null;
        var annotations = CohereAnswerTranslator.Annotations(cited).ToList();
        return new ChatDelta { Annotations = annotations.Count > 0 ? annotations : null, ProviderSpecificFields = new ChatProviderFields { Citation = cited } };
    }

    private StreamStep Add(ChatDelta? delta, IBufferWriter<byte> output)
    {
        if (delta is null) return StreamStep.Preamble;
        if (_chunks is null) Start(null);
        _chunks!.Write(output, delta);
        return StreamStep.Content;
    }

    private StreamStep Finish(CohereDelta? end, IBufferWriter<byte> output)
    {
        if (CohereAnswerTranslator.Failure(end?.FinishReason, end?.Error) is { } failure) return Fail(failure);
        if (_chunks is null) return Fail(OpenAiErrors.Broken("The provider's stream ends before its message began."));
        _usage = end?.Usage;
        _finish = CohereAnswerTranslator.FinishReason(end?.FinishReason);
        _chunks.Finish(
            output,
            _finish,
            CohereAnswerTranslator.NativeFinish(end?.FinishReason),
            call.Envelope.IncludeUsage ? CohereAnswerTranslator.Usage(CohereAnswerTranslator.Tokens(_usage)) : null);
        return StreamStep.Terminal;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }

    private static JsonElement? Member(JsonElement? element, string name) => element is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
