using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// Streamed generateContent → chat completion chunks. The dialect has no last event: an answer is complete when every candidate said why it ended, and the
/// stream ends after it.
/// </summary>
internal sealed class GeminiStream(ModelCall call, string fallbackId, long created) : IAnswerStream
{
    /// <summary>Citations are ranges of the whole text, so the text is kept where the call may be grounded.</summary>
    private readonly bool _keepsText = call.Body.Span.IndexOf("search"u8) >= 0 || call.Body.Span.IndexOf("Search"u8) >= 0;

    private readonly SortedDictionary<int, Candidate> _candidates = [];
    private ChatChunkWriter? _chunks;
    private string? _id;
    private string? _model;
    private GeminiUsage? _usage;
    private GeminiFinish? _blocked;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(
        _usage is null ? null : GeminiTokens.Of(_usage),
        _id,
        _model,
        _blocked?.Reason ?? (_candidates.Count > 0 ? _candidates.First().Value.Finish?.Reason : null));

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        GenerateContentAnswer? received;
        try
        {
            received = JsonUnicode.Read(upstream.Data.Span, GeminiJson.Default.GenerateContentAnswer);
        }
        catch (JsonException)
        {
            return Fail(GeminiErrors.Broken("The provider's stream holds an event that is not JSON of its dialect."));
        }

        if (received is null) return StreamStep.Preamble;
        if (received.Error is { } error) return Fail(GeminiErrors.Inside(error));
        _id ??= received.ResponseId;
        _model ??= received.ModelVersion;
        _usage = received.UsageMetadata?.Over(_usage) ?? _usage;
        if (received.PromptFeedback is { BlockReason: not null } feedback) _blocked = GeminiFinish.Blocked(feedback);
        var step = StreamStep.Preamble;
        for (var i = 0; i < received.Candidates?.Count; i++)
            if (received.Candidates[i] is { } candidate && Take(candidate, candidate.Index ?? i, output))
                step = StreamStep.Content;
        return step;
    }

    public StreamStep End(IBufferWriter<byte> output)
    {
        var isComplete = _candidates.Count > 0 ? _candidates.Values.All(static candidate => candidate.Finish is not null) : _blocked is not null;
        if (!isComplete) return StreamStep.Preamble;
        if (_candidates.Count == 0) Chunks.Finish(output, 0, _blocked!.Reason, _blocked.Native);
        foreach (var (index, candidate) in _candidates) Chunks.Finish(output, index, candidate.Finish!.Reason, candidate.Finish.Native);
        Chunks.End(output, call.Envelope.IncludeUsage ? GeminiTokens.ToChat(_usage) : null);
        return StreamStep.Terminal;
    }

    private ChatChunkWriter Chunks => _chunks ??= new ChatChunkWriter(_id ?? fallbackId, created, call.ClientModel);

    /// <summary>True where something was written.</summary>
    private bool Take(GeminiCandidate received, int index, IBufferWriter<byte> output)
    {
        if (!_candidates.TryGetValue(index, out var candidate)) _candidates[index] = candidate = new Candidate(new GeminiParts(_id ?? fallbackId, index, created));
        var delta = candidate.Parts.Read(received.Content);
        if (_keepsText) candidate.Text.Append(delta?.Content);
        if (received.FinishReason is not null) candidate.Finish = GeminiFinish.Of(received, candidate.Parts.HasCalls);
        var (fields, logprobs) = (Fields(delta, received), GeminiLogprobRows.Of(received.LogprobsResult));
        if (delta is null && fields is null && logprobs is null) return false;
        Chunks.Write(output, index, (delta ?? new ChatDelta()) with
        {
            Annotations = GeminiCitations.Of(received.GroundingMetadata, candidate.Text.ToString()),
            ProviderSpecificFields = fields,
        }, logprobs);
        return true;
    }

    /// <summary>Harmless ratings come with every event of older models: only the last ones are told.</summary>
    private static ChatProviderFields? Fields(ChatDelta? delta, GeminiCandidate received) =>
        GeminiAnswerTranslator.Fields(delta?.ProviderSpecificFields, received.FinishReason is null ? received with { SafetyRatings = null } : received);

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }

    private sealed class Candidate(GeminiParts parts)
    {
        public GeminiParts Parts { get; } = parts;

        public StringBuilder Text { get; } = new();

        public GeminiFinish? Finish { get; set; }
    }
}
