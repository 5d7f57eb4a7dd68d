using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Pipeline.Continuation;

/// <summary>
/// Where an answer was put together, and what its parts cost. The last chunks say so in a member of ours:
/// <code>"chatkit":{"continuations":[{"model_id":"d2","at":1312}],"usage_is_estimated":true}</code>
/// where <c>at</c> is the number of UTF-16 units that had been said. Usage becomes the sum over the attempts; where one broke off before its provider counted,
/// it is estimated, and marked so.
/// </summary>
internal sealed class Seams
{
    private readonly List<(string ModelId, int At)> _seams = [];
    private TokenUsage _counted;
    private long _uncountedPrompts;
    private long _saidBefore;
    private bool _estimated;

    public bool Any => _seams.Count > 0;

    /// <summary>The answer broke off, and goes on at another deployment.</summary>
    /// <param name="broken">What the provider that broke off had counted.</param>
    /// <param name="said">What it had said.</param>
    /// <param name="at">The length of the whole answer so far.</param>
    /// <param name="next">Who goes on.</param>
    public void Add(TokenUsage? broken, string said, int at, Deployment next)
    {
        var tokens = ContinuationRequest.TokensOf(said);
        _seams.Add((next.Id, at));
        if (broken is { } counted)
        {
            // The prompt is counted at the start of a stream, the answer at its end, which did not come.
            _counted = Sum(_counted, counted with { Output = Math.Max(counted.Output, tokens) });
            _estimated |= counted.Output < tokens;
        }
        else
        {
            _estimated = true;
            _counted = _counted with { Output = _counted.Output + tokens };
            _uncountedPrompts++;
        }

        _saidBefore += tokens;
    }

    /// <summary>The usage of the whole, where this is that of the last part.</summary>
    public byte[] WriteUsage(UsageWire last)
    {
        // The last prompt was the client's with what had been said behind it.
        var estimatedPrompts = _uncountedPrompts * Math.Max(0, last.PromptTokens - _saidBefore);
        var sum = Sum(_counted, new TokenUsage(last.PromptTokens + estimatedPrompts, last.CompletionTokens, last.CachedTokens, Reasoning: last.ReasoningTokens));
        var usage = new ChatUsage(sum.Input, sum.Output, sum.Input + sum.Output, new ChatPromptDetails(sum.CacheRead), new ChatCompletionDetails(sum.Reasoning));
        return JsonSerializer.SerializeToUtf8Bytes(usage, OpenAiJson.Default.ChatUsage);
    }

    public ReadOnlySpan<byte> WriteMetadata()
    {
        var output = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(output, JsonText.Plain))
        {
            json.WriteStartObject();
            json.WriteStartArray("continuations"u8);
            foreach (var (modelId, at) in _seams)
            {
                json.WriteStartObject();
                json.WriteString("model_id"u8, modelId);
                json.WriteNumber("at"u8, at);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (_estimated) json.WriteBoolean("usage_is_estimated"u8, true);
            json.WriteEndObject();
        }

        return output.WrittenSpan;
    }

    private static TokenUsage Sum(TokenUsage a, TokenUsage b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.CacheRead + b.CacheRead, a.CacheCreation + b.CacheCreation, a.Reasoning + b.Reasoning);
}
