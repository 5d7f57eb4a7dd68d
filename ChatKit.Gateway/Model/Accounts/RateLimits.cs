namespace ChatKit.Gateway.Model.Accounts;

/// <summary>How fast somebody may call. Null is no limit.</summary>
/// <param name="Requests">In a minute.</param>
/// <param name="Tokens">In a minute.</param>
/// <param name="Parallel">At the same time.</param>
internal sealed record RateLimits(long? Requests, long? Tokens, int? Parallel)
{
    public static RateLimits None { get; } = new(null, null, null);
}
