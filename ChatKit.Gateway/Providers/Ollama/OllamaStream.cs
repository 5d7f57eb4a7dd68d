using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>Lines of Ollama's own stream → chat completion chunks (https://docs.ollama.com/api/streaming).</summary>
internal sealed class OllamaStream(ModelCall call, long created) : IAnswerStream
{
    private readonly string _id = OllamaAnswers.NewId();
    private ChatChunkWriter? _chunks;
    private OllamaAnswer? _last;
    private int _calls;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(_last is null ? null : OllamaAnswers.Tokens(_last), _id, _last?.Model, _last is null ? null : Finish(_last));

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        if (OllamaAnswers.Read(upstream.Data.Span) is not { } line) return Fail(OpenAiErrors.Broken("The provider's stream holds a line that is not JSON of its dialect."));
        if (line.Error is { } error) return Fail(OllamaAnswers.Failed(error));
        _chunks ??= new ChatChunkWriter(_id, created, call.ClientModel);
        var said = line.Message is { } message && Write(message, output);
        if (!line.Done) return said ? StreamStep.Content : StreamStep.Preamble;
        _last = line;
        _chunks.Finish(output, Finish(line), native: null, call.Envelope.IncludeUsage ? OllamaAnswers.Usage(OllamaAnswers.Tokens(line)) : null);
        return StreamStep.Terminal;
    }

    /// <summary>False where the line says nothing.</summary>
    private bool Write(OllamaAnswerMessage message, IBufferWriter<byte> output)
    {
        var calls = OllamaAnswers.Calls(message, firstIndex: _calls);
        _calls += calls.Count;
        if (message is { Content: not { Length: > 0 }, Thinking: not { Length: > 0 } } && calls.Count == 0) return false;
        _chunks!.Write(output, new ChatDelta
        {
            Content = message.Content is { Length: > 0 } text ? text : null,
            ReasoningContent = message.Thinking is { Length: > 0 } thought ? thought : null,
            ToolCalls = calls.Count > 0 ? calls : null,
        });
        return true;
    }

    private string Finish(OllamaAnswer last) => OllamaAnswers.FinishReason(last.DoneReason, _calls > 0);

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
