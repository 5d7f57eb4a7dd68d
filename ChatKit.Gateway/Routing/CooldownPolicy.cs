using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Which failures give a deployment a rest, and how long (https://docs.litellm.ai/docs/routing#cooldowns). Without <c>allowed_fails</c>: a rate limit or a
/// refused key at once, other failures once they are most of a minute's calls. With it: once the minute holds more failures than that.
/// </summary>
internal static class CooldownPolicy
{
    private const int FewestRequests = 5;
    private const double WorstShare = 0.5;

    /// <summary>A provider that asks for more than this is asked again all the same.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <param name="attempt">The attempt, which has failed.</param>
    /// <param name="hasPeers">False where the group has no other deployment: a rest would leave nobody.</param>
    /// <param name="hasFallbacks">True where another group stands in for this one.</param>
    /// <param name="rules">What the configuration says.</param>
    /// <param name="minute">What else happened in this minute, this failure included.</param>
    /// <returns>Null where the deployment goes on.</returns>
    public static Cooldown? Decide(Attempt attempt, bool hasPeers, bool hasFallbacks, CooldownRules rules, MinuteUsage minute)
    {
        if (attempt.Error is not { } error || rules.Disabled || !IsEligible(error, attempt.Deployment)) return null;
        if (Why(error, hasPeers, hasFallbacks, rules, minute) is not { } reason) return null;
        var time = TimeOf(attempt.Deployment, error, rules);
        return time > TimeSpan.Zero ? new Cooldown(attempt.StartedAt + attempt.Duration + time, error.Status, reason) : null;
    }

    /// <summary>True for a failure that says something about the deployment, and not about the call or its client.</summary>
    public static bool IsFailure(GatewayError error) => error.Origin is ErrorOrigin.UpstreamStatus or ErrorOrigin.UpstreamTransport or ErrorOrigin.Timeout;

    private static bool IsEligible(GatewayError error, Deployment deployment) => IsFailure(error) && error.Status switch
    {
        // Where clients name the model, they may name one that does not exist, which is no reason to keep the others out.
        404 => !deployment.IsWildcard,
        401 or 408 or 429 or >= 500 => true,
        _ => false,
    };

    private static string? Why(GatewayError error, bool hasPeers, bool hasFallbacks, CooldownRules rules, MinuteUsage minute)
    {
        if (rules.AllowedFails is not null || rules.AllowedFailsByClass is not null)
        {
            var allowed = rules.AllowedFailsByClass?.For(error) ?? rules.AllowedFails ?? CooldownRules.DefaultAllowedFails;
            return minute.Failures > allowed ? string.Create(CultureInfo.InvariantCulture, $"{minute.Failures} failures in a minute, {allowed} allowed") : null;
        }

        // Of a lone deployment without a stand-in, clients learn more from its own answer than from a rest.
        if (error.Status is 401 or 404 && (hasPeers || hasFallbacks)) return $"it answered {error.Status}";
        if (!hasPeers) return null;
        if (error.Status is 429) return "it is at its rate limit";
        var requests = minute.Successes + minute.Failures;
        return requests >= FewestRequests && minute.Failures > requests * WorstShare
            ? string.Create(CultureInfo.InvariantCulture, $"{minute.Failures} of {requests} calls failed in a minute")
            : null;
    }

    private static TimeSpan TimeOf(Deployment deployment, GatewayError error, CooldownRules rules)
    {
        if (deployment.CooldownTime is { } own) return own;
        if (error.RetryAfter is { } asked && asked > TimeSpan.Zero) return asked < LongestAsked ? asked : LongestAsked;
        return rules.Time ?? CooldownRules.DefaultTime;
    }
}
