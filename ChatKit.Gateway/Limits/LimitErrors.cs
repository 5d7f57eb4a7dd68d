using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Limits;

/// <summary>
/// The refusal of a call that comes too early, in LiteLLM's words (litellm/proxy/hooks/parallel_request_limiter_v3.py):
/// <c>Rate limit exceeded for api_key: 88dc28…. Limit type: requests. Current limit: 100, Remaining: 0. Limit resets at: 2026-11-23 10:15:42 UTC</c>.
/// </summary>
internal static class LimitErrors
{
    /// <summary>Nobody can say when a place becomes free.</summary>
    private static readonly TimeSpan PlaceWait = TimeSpan.FromSeconds(1);

    public static GatewayError Exceeded(Account account, LimitKind kind, LimitMinute minute, DateTime now)
    {
        var wait = kind is LimitKind.Parallel ? PlaceWait : minute.Left(now);
        var resetAt = (now + wait).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var limit = kind switch { LimitKind.Requests => account.Limits.Requests, LimitKind.Tokens => account.Limits.Tokens, _ => account.Limits.Parallel };
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"Rate limit exceeded for {NameOf(account.Id.Kind)}: {account.Id.Id}. Limit type: {NameOf(kind)}. Current limit: {limit}, Remaining: 0. Limit resets at: {resetAt}");
        return new GatewayError(429, "throttling_error", message)
        {
            RetryAfter = wait,
            Headers = [new("rate_limit_type", kind is LimitKind.Parallel ? "concurrent_requests" : NameOf(kind)), new("reset_at", resetAt)],
        };
    }

    public static string NameOf(LimitKind kind) => kind switch
    {
        LimitKind.Requests => "requests",
        LimitKind.Tokens => "tokens",
        _ => "max_parallel_requests",
    };

    /// <summary>LiteLLM's name for whose limit it is.</summary>
    public static string NameOf(AccountKind kind) => kind switch
    {
        AccountKind.Global => "global",
        AccountKind.Key => "api_key",
        AccountKind.KeyModel => "model_per_key",
        AccountKind.User => "user",
        AccountKind.Team => "team",
        AccountKind.TeamMember => "team_member",
        AccountKind.Organization => "organization",
        AccountKind.Customer => "end_user",
        AccountKind.Tag => "tag",
        AccountKind.Provider => "provider",
        _ => "deployment",
    };
}
