using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// When a rate limit that is used up begins anew, by the headers that providers send beside their answers. A limit of which something is left says nothing
/// about the next call, however far its reset is.
/// </summary>
internal static partial class RateLimitReset
{
    /// <summary>The latest of those that are used up; null where none is.</summary>
    public static TimeSpan? Read(IEnumerable<KeyValuePair<string, string>> headers, DateTimeOffset now)
    {
        TimeSpan? latest = null;
        foreach (var (name, value) in headers)
        {
            if (ResetOf(name) is not { } remaining || !IsUsedUp(headers, remaining) || Parse(value, now) is not { } wait) continue;
            if (latest is null || wait > latest) latest = wait;
        }

        return latest;
    }

    /// <summary>The header that says how much is left of the limit that this header names the reset of; null for any other header.</summary>
    private static string? ResetOf(string name)
    {
        const string OpenAi = "x-ratelimit-reset-", Anthropic = "anthropic-ratelimit-", End = "-reset";
        if (name.StartsWith(OpenAi, StringComparison.OrdinalIgnoreCase)) return "x-ratelimit-remaining-" + name[OpenAi.Length..];
        return name.StartsWith(Anthropic, StringComparison.OrdinalIgnoreCase) && name.EndsWith(End, StringComparison.OrdinalIgnoreCase) ? name[..^End.Length] + "-remaining" : null;
    }

    private static bool IsUsedUp(IEnumerable<KeyValuePair<string, string>> headers, string remaining)
    {
        foreach (var (name, value) in headers)
        {
            if (name.Equals(remaining, StringComparison.OrdinalIgnoreCase)) return value.Trim() == "0";
        }

        return false;
    }

    /// <summary>A duration as Go writes it (<c>1h2m3.5s</c>, <c>20ms</c>), seconds, or a moment.</summary>
    private static TimeSpan? Parse(string value, DateTimeOffset now)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return seconds < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
        if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment > now ? moment - now : TimeSpan.Zero;
        if (!Duration().IsMatch(value)) return null;
        var sum = 0.0;
        foreach (Match part in Part().Matches(value))
        {
            var number = double.Parse(part.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            sum += number * part.Groups[2].Value switch { "d" => 86_400, "h" => 3600, "m" => 60, "ms" => 0.001, _ => 1 };
        }

        return sum < 1e9 ? TimeSpan.FromSeconds(sum) : null;
    }

    [GeneratedRegex(@"^(\d{1,9}(\.\d{1,9})?(ms|d|h|m|s)){1,5}$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ms|d|h|m|s)")]
    private static partial Regex Part();
}
