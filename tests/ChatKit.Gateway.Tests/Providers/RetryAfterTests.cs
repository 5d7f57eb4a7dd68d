using ChatKit.Gateway.Providers;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers;

/// <summary>When a provider wants to be asked again, in each of the ways that providers say it.</summary>
public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Retry-After: 7", 7.0)]
    [InlineData("retry-after: 0.5", 0.5)]
    [InlineData("Retry-After: Sun, 22 Nov 2026 10:00:30 GMT", 30.0)]
    [InlineData("Retry-After: Sun, 22 Nov 2026 09:00:00 GMT", 0.0)]
    [InlineData("Retry-After: 7 | retry-after-ms: 250", 0.25)]
    [InlineData("Retry-After: soon", null)]
    [InlineData("x-ratelimit-remaining-tokens: 0 | x-ratelimit-reset-tokens: 6m0s", 360.0)]
    [InlineData("x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 20ms", 0.02)]
    [InlineData("x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 1h2m3.5s", 3723.5)]
    [InlineData("x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 8", 8.0)]
    [InlineData("x-ratelimit-remaining-requests: 12 | x-ratelimit-reset-requests: 6m0s", null)]
    [InlineData("x-ratelimit-reset-requests: 6m0s", null)]
    [InlineData("x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 1s | x-ratelimit-remaining-tokens: 0 | x-ratelimit-reset-tokens: 9s", 9.0)]
    [InlineData("anthropic-ratelimit-requests-remaining: 0 | anthropic-ratelimit-requests-reset: 2026-11-22T10:00:42Z", 42.0)]
    [InlineData("anthropic-ratelimit-tokens-remaining: 5 | anthropic-ratelimit-tokens-reset: 2026-11-22T10:00:42Z", null)]
    [InlineData("Retry-After: 3 | x-ratelimit-remaining-tokens: 0 | x-ratelimit-reset-tokens: 6m0s", 3.0)]
    [InlineData("x-ratelimit-remaining-tokens: 0 | x-ratelimit-reset-tokens: 6 minutes", null)]
    public void Seconds_dates_milliseconds_and_the_end_of_a_limit_that_is_used_up(string headers, double? seconds) =>
        Assert.Equal(
            seconds is null ? null : TimeSpan.FromSeconds(seconds.Value),
            RetryAfter.Read([.. headers.Split(" | ").Select(header => header.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))], _now));
}
