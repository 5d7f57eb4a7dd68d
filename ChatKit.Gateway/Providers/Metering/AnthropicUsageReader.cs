using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>Anthropic's usage: in a stream it opens with the message and is corrected until the end.</summary>
internal sealed class AnthropicUsageReader : IUsageReader
{
    private MessagesUsage? _usage;

    public AnswerFacts Facts { get; private set; }

    public void Read(ReadOnlyMemory<byte> type, ReadOnlyMemory<byte> json)
    {
        var span = json.Span;
        if (!MessagesScan.TryScan(span, out var scan)) return;
        _usage = scan.Usage?.Over(_usage) ?? _usage;
        Facts = new AnswerFacts(
            _usage is null ? null : AnthropicAnswerTranslator.Tokens(_usage),
            Facts.ResponseId ?? MessagesScan.Text(scan.Id, span),
            Facts.ResponseModel ?? MessagesScan.Text(scan.Model, span),
            MessagesScan.Text(scan.StopReason, span) is { } reason ? AnthropicAnswerTranslator.FinishReason(reason) : Facts.FinishReason);
    }
}
