using System.Text;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.GenerateContent;

/// <summary>What scans found, in the gateway's own terms; in a stream, over what earlier events said.</summary>
internal sealed class ContentFacts
{
    private GeminiUsage? _usage;
    private string? _id;
    private string? _model;
    private string? _finish;

    /// <summary>The answer said why it ended, or why it never began.</summary>
    public bool IsComplete => _finish is not null;

    public AnswerFacts Value => new(_usage is null ? null : GeminiTokens.Of(_usage), _id, _model, _finish);

    public void Learn(in ContentScan scan, ReadOnlySpan<byte> json)
    {
        _usage = scan.Usage?.Over(_usage) ?? _usage;
        _id ??= Text(scan.Id, json);
        _model ??= Text(scan.Model, json);
        if (!scan.BlockReason.IsEmpty) _finish = "content_filter";
        else if (Text(scan.FinishReason, json) is { } reason) _finish = GeminiFinish.Of(new GeminiCandidate { FinishReason = reason }, hasCalls: false).Reason;
    }

    private static string? Text(ByteRange range, ReadOnlySpan<byte> json) => range.IsEmpty ? null : Encoding.UTF8.GetString(range.Of(json));
}
