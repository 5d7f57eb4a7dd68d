using System.Globalization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>How long a key is good: LiteLLM's <c>30s</c>, <c>30m</c>, <c>24h</c>, <c>30d</c>, <c>2w</c>, <c>1mo</c>, counted from now to the second; <c>-1</c>: for ever.</summary>
internal static class KeyLifetime
{
    public const string Endless = "-1";

    private const int Most = 100_000;
    private const string Expected = "must be a duration such as 30s, 30m, 24h, 30d, 2w or 1mo, or -1 for no end";

    /// <summary>The end of a lifetime that begins now; null for none, or where it is wrong, which is told.</summary>
    public static DateTime? Read(RequestFields body, string name, DateTime now)
    {
        if (body.Text(name) is not { } text || text is Endless) return null;
        return End(text, now) ?? body.Wrong<DateTime?>(name, Expected);
    }

    /// <summary>Null where the text is no duration.</summary>
    public static DateTime? End(string text, DateTime now)
    {
        var digits = text.AsSpan().TrimEnd("smhdwo");
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > Most) return null;
        return text.AsSpan(digits.Length) switch
        {
            "s" => now.AddSeconds(count),
            "m" => now.AddMinutes(count),
            "h" => now.AddHours(count),
            "d" => now.AddDays(count),
            "w" => now.AddDays(7.0 * count),
            "mo" => now.AddMonths(Math.Min(count, 12 * 1000)),
            _ => null,
        };
    }
}
