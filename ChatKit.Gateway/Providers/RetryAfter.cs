using System.Globalization;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// When a provider wants to be asked again: <c>Retry-After</c> in seconds or as a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), or
/// <c>retry-after-ms</c>, which OpenAI and Azure send beside it and which is exact. Where neither stands there, the end of the limit that is used up: OpenAI's
/// <c>x-ratelimit-reset-tokens: 6m0s</c> (https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers) or Anthropic's
/// <c>anthropic-ratelimit-requests-reset: 2026-11-22T10:00:00Z</c> (https://platform.claude.com/docs/en/api/rate-limits#response-headers).
/// </summary>
internal static class RetryAfter
{
    public static TimeSpan? Read(IEnumerable<KeyValuePair<string, string>> headers, DateTimeOffset now)
    {
        TimeSpan? wait = null;
        foreach (var (name, value) in headers)
        {
            if (name.Equals("retry-after-ms", StringComparison.OrdinalIgnoreCase) && Number(value) is { } milliseconds)
                return TimeSpan.FromMilliseconds(milliseconds);
            if (name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)) wait = Parse(value, now);
        }

        return wait ?? RateLimitReset.Read(headers, now);
    }

    private static TimeSpan? Parse(string value, DateTimeOffset now)
    {
        if (Number(value) is { } seconds) return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return null;
        return date > now ? date - now : TimeSpan.Zero;
    }

    /// <summary>A sane number; anything else is as good as nothing.</summary>
    private static double? Number(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e9 ? number : null;
}
