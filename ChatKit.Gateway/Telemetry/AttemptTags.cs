using System.Diagnostics;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry;

/// <summary>What an attempt came to, as attributes of its span.</summary>
internal static class AttemptTags
{
    public static void Add(Activity span, Attempt attempt)
    {
        span.SetTag(GenAi.AttemptKind, Kind(attempt.Kind));
        span.SetTag(GenAi.ResponseId, attempt.ResponseId);
        span.SetTag(GenAi.ResponseModel, attempt.ResponseModel);
        span.SetTag(GenAi.ResponseFinishReasons, attempt.FinishReason is { } reason ? new[] { reason } : null);
        span.SetTag(GenAi.ResponseTimeToFirstChunk, attempt.TimeToFirstToken?.TotalSeconds);
        if (attempt.Usage is { } usage) Add(span, usage);
        if (ErrorTypes.Of(attempt.Error) is not { } error) return;
        span.SetTag(GenAi.ErrorType, error);
        // To have lost against a hedge is no error.
        if (attempt.Error!.Origin is ErrorOrigin.Superseded) return;
        span.SetStatus(ActivityStatusCode.Error, attempt.Error?.Message);
    }

    /// <summary>Whom the attempt was for, and what it cost. The names of user and session are those of OpenTelemetry's general conventions.</summary>
    public static void Add(Activity span, Settlement settled)
    {
        span.SetTag(GenAi.UserId, settled.EndUser ?? settled.Caller?.UserId);
        span.SetTag(GenAi.SessionId, settled.SessionId);
        span.SetTag(GenAi.KeyAlias, settled.Caller?.KeyAlias);
        span.SetTag(GenAi.Team, settled.Caller?.TeamAlias ?? settled.Caller?.TeamId);
        if (settled.Cost is { } cost) span.SetTag(GenAi.Cost, cost / 1e9);
    }

    private static string Kind(AttemptKind kind) => kind switch
    {
        AttemptKind.Retry => "retry",
        AttemptKind.Fallback => "fallback",
        AttemptKind.Hedge => "hedge",
        AttemptKind.Continuation => "continuation",
        AttemptKind.Probe => "probe",
        AttemptKind.CacheHit => "cache_hit",
        _ => "first",
    };

    private static void Add(Activity span, TokenUsage usage)
    {
        span.SetTag(GenAi.InputTokens, usage.Input);
        span.SetTag(GenAi.OutputTokens, usage.Output);
        AddUnlessZero(span, GenAi.CacheReadTokens, usage.CacheRead);
        AddUnlessZero(span, GenAi.CacheCreationTokens, usage.CacheCreation);
        AddUnlessZero(span, GenAi.ReasoningTokens, usage.Reasoning);
        if (usage.IsEstimated) span.SetTag(GenAi.UsageEstimated, true);
    }

    private static void AddUnlessZero(Activity span, string name, long count)
    {
        if (count > 0) span.SetTag(name, count);
    }
}
