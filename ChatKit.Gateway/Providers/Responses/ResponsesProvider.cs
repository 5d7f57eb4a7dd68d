using System.Buffers;
using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.Responses;

/// <summary>
/// POST /v1/responses where the provider has it (https://platform.openai.com/docs/api-reference/responses/create): the client's bytes go on, and the answer's come
/// back; only the model's name is replaced on both ways.
/// </summary>
internal sealed class ResponsesProvider : IProvider
{
    /// <summary>This, at the deployments that have the API, and the other at those that have not.</summary>
    public IProvider Or(IProvider overChat) => new ResponsesWhereServed(this, overChat);

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, Operation.Responses);
        new ResponsesBody(call, request.Losses).Write(request.Body);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        var json = body.Span;
        if (!ResponsesScan.TryScan(json, out var scan)) return OpenAiErrors.Broken("The provider's answer is not a response of its dialect.");
        if (!scan.Error.IsEmpty && scan.Id.IsEmpty) return OpenAiErrors.Inside(body);
        ModelStamp.Write(output, json, scan.Model, ModelStamp.Of(call.ClientModel));
        facts = Facts(default, scan, json);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new ResponsesStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);

    /// <summary>What is known, and what this adds.</summary>
    public static AnswerFacts Facts(in AnswerFacts known, in ResponsesScan scan, ReadOnlySpan<byte> json) => new(
        scan.Usage is { } usage
            ? new TokenUsage(usage.InputTokens ?? 0, usage.OutputTokens ?? 0, CacheRead: usage.InputTokensDetails?.CachedTokens ?? 0, Reasoning: usage.OutputTokensDetails?.ReasoningTokens ?? 0)
            : known.Usage,
        Text(scan.Id, json) ?? known.ResponseId,
        Text(scan.Model, json) ?? known.ResponseModel,
        Finish(Text(scan.Status, json), Text(scan.Reason, json)) ?? known.FinishReason);

    /// <summary>In chat's words, in which every attempt is told.</summary>
    private static string? Finish(string? status, string? reason) => status switch
    {
        "completed" => "stop",
        "incomplete" => reason is "content_filter" ? "content_filter" : "length",
        _ => null,
    };

    private static string? Text(ByteRange range, ReadOnlySpan<byte> json) => range.IsEmpty ? null : Encoding.UTF8.GetString(range.Of(json));
}
