using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Model;

/// <summary>What one attempt tells about the speed of its deployment.</summary>
/// <param name="At">When the attempt was over.</param>
/// <param name="PerToken">Seconds per token of the answer; a whole answer counts as one token where the provider counts none.</param>
/// <param name="FirstToken">Seconds to the first token of a stream; null where none came.</param>
internal readonly record struct LatencySample(DateTimeOffset At, double PerToken, double? FirstToken)
{
    /// <summary>LiteLLM's penalty: a deployment that timed out is the slowest of all.</summary>
    private const double TimeoutSeconds = 1000;

    /// <summary>Null where the attempt says nothing about speed: it failed, but not for time.</summary>
    public static LatencySample? Of(Attempt attempt)
    {
        var at = attempt.StartedAt + attempt.Duration;
        if (attempt.Error is { } error) return error.Origin is ErrorOrigin.Timeout ? new LatencySample(at, TimeoutSeconds, TimeoutSeconds) : null;
        var tokens = attempt.Usage is { Output: > 0 and var output } ? output : 1;
        return new LatencySample(at, attempt.Duration.TotalSeconds / tokens, attempt.TimeToFirstToken?.TotalSeconds);
    }
}
