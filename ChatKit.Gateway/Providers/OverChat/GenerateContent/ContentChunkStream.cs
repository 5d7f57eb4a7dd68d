using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>
/// Chunks → events of streamGenerateContent, each an answer of its own (https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent). A call,
/// which chat tells in pieces, is told whole; why it ended and what it used stand in the last event.
/// </summary>
internal sealed class ContentChunkStream(string clientModel) : IChunkTranslation
{
    private readonly SortedDictionary<int, Candidate> _candidates = [];
    private string? _id;

    public void Next(ChatReply chunk, IBufferWriter<byte> output)
    {
        _id ??= chunk.Id;
        foreach (var choice in chunk.Choices ?? [])
            if (choice is not null)
                Take(choice, output);
    }

    public void Finish(in AnswerFacts facts, IBufferWriter<byte> output)
    {
        var last = _candidates.Count > 0 ? _candidates.Keys.Max() : 0;
        if (_candidates.Count == 0) Of(0);
        foreach (var (index, candidate) in _candidates)
        {
            candidate.Calls.Finish(output);
            Write(
                new GeminiCandidate { Content = new GeminiContent("model", [new GeminiPart { Text = "" }]), FinishReason = ContentAnswerTranslator.FinishReason(candidate.Finish), Index = index },
                index == last ? ContentAnswerTranslator.Usage(facts.Usage) : null,
                output);
        }
    }

    private void Take(ChatReplyChoice choice, IBufferWriter<byte> output)
    {
        var candidate = Of(choice.Index);
        candidate.Finish = choice.FinishReason ?? candidate.Finish;
        if (choice.Delta is not { } delta) return;
        var parts = ContentAnswerTranslator.Said(delta).ToList();
        var (grounding, logprobs) = (ContentAnswerTranslator.Grounding(delta.Annotations), ContentAnswerTranslator.Logprobs(choice.Logprobs));
        if (parts.Count > 0 || grounding is not null || logprobs is not null)
            Write(new GeminiCandidate { Content = new GeminiContent("model", parts), Index = choice.Index, GroundingMetadata = grounding, LogprobsResult = logprobs }, null, output);
        for (var i = 0; i < delta.ToolCalls?.Count; i++)
            if (delta.ToolCalls[i] is { } piece)
                candidate.Calls.Add(piece, output);
    }

    private Candidate Of(int index) => _candidates.TryGetValue(index, out var known) ? known : _candidates[index] = new Candidate(this, index);

    private void Write(GeminiCandidate candidate, GeminiUsage? usage, IBufferWriter<byte> output)
    {
        using var data = new PooledBuffer(512);
        using (var json = new Utf8JsonWriter(data, JsonText.Plain))
            JsonSerializer.Serialize(json, new GenerateContentAnswer { Candidates = [candidate], UsageMetadata = usage, ModelVersion = clientModel, ResponseId = _id }, GeminiJson.Default.GenerateContentAnswer);
        SseWriter.WriteData(output, data.WrittenSpan);
    }

    /// <summary>One of the answers, and the calls that it is making.</summary>
    private sealed class Candidate : ICallWriter
    {
        private readonly ContentChunkStream _stream;
        private readonly int _index;
        private (string Id, string Name) _call;

        public Candidate(ContentChunkStream stream, int index)
        {
            (_stream, _index) = (stream, index);
            Calls = new CallSequence(this);
        }

        public CallSequence Calls { get; }

        public string? Finish { get; set; }

        public void Begin(string id, string name, IBufferWriter<byte> output) => _call = (id, name);

        public void Append(string piece, IBufferWriter<byte> output)
        {
        }

        public void End(string arguments, IBufferWriter<byte> output) =>
            _stream.Write(new GeminiCandidate { Content = new GeminiContent("model", [ContentAnswerTranslator.Call(_call.Id, _call.Name, arguments)]), Index = _index }, null, output);
    }
}
