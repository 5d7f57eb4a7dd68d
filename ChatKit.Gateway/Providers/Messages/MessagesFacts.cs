using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Messages;

/// <summary>What a scan found, in the gateway's own terms.</summary>
internal static class MessagesFacts
{
    public static AnswerFacts Of(in MessagesScan scan, ReadOnlySpan<byte> json) => new(
        scan.Usage is null ? null : AnthropicAnswerTranslator.Tokens(scan.Usage),
        MessagesScan.Text(scan.Id, json),
        MessagesScan.Text(scan.Model, json),
        MessagesScan.Text(scan.StopReason, json) is { } reason ? AnthropicAnswerTranslator.FinishReason(reason) : null);
}
