using System.Globalization;
using System.Text.Json.Serialization;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Bedrock;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>
/// Bedrock's usage: of Converse in the answer, of InvokeModel in headers, since the answer is the model's own
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html), and in the last chunk of its stream.
/// </summary>
internal sealed class BedrockUsageReader : IUsageReader
{
    public BedrockUsageReader(IEnumerable<KeyValuePair<string, string>> headers)
    {
        long? input = null, output = null;
        foreach (var (name, value) in headers)
        {
            if (name.Equals("x-amzn-bedrock-input-token-count", StringComparison.OrdinalIgnoreCase)) input = Number(value);
            else if (name.Equals("x-amzn-bedrock-output-token-count", StringComparison.OrdinalIgnoreCase)) output = Number(value);
        }

        if (input is not null || output is not null) Facts = new AnswerFacts(new TokenUsage(input ?? 0, output ?? 0), null, null, null);
    }

    public AnswerFacts Facts { get; private set; }

    public void Read(ReadOnlyMemory<byte> type, ReadOnlyMemory<byte> json)
    {
        if (type.Span.SequenceEqual("chunk"u8)) ReadChunk(json);
        else if (UsageReaders.Parse(json.Span, BedrockJson.Default.ConverseAnswer) is { } answer) ReadConverse(answer);
    }

    private void ReadConverse(ConverseAnswer answer) => Facts = new AnswerFacts(
        answer.Usage is { } usage && usage.InputTokens + usage.OutputTokens > 0 ? ConverseAnswerTranslator.Tokens(usage) : Facts.Usage,
        null,
        null,
        answer.StopReason is { } reason ? ConverseAnswerTranslator.FinishReason(reason, hasCalls: reason is "tool_use") : Facts.FinishReason);

    private void ReadChunk(ReadOnlyMemory<byte> json)
    {
        if (BedrockChunk.TryDecode(json.Span, out var inner) && UsageReaders.Parse(inner, MeterJson.Default.MeteredInvocation)?.Metrics is { } metrics)
            Facts = Facts with { Usage = new TokenUsage(metrics.Input + metrics.CacheRead + metrics.CacheWrite, metrics.Output, metrics.CacheRead, metrics.CacheWrite) };
    }

    private static long? Number(string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

internal sealed record MeteredInvocation([property: JsonPropertyName("amazon-bedrock-invocationMetrics")] MeteredInvocationMetrics? Metrics);

internal sealed record MeteredInvocationMetrics(
    [property: JsonPropertyName("inputTokenCount")] long Input,
    [property: JsonPropertyName("outputTokenCount")] long Output,
    [property: JsonPropertyName("cacheReadInputTokenCount")] long CacheRead = 0,
    [property: JsonPropertyName("cacheWriteInputTokenCount")] long CacheWrite = 0);
