using System.Globalization;

namespace ChatKit.Gateway.Model.Accounts;

/// <summary>
/// The periods of a budget. They follow from the clock alone, so that every replica agrees and a new period needs no job that resets anything: what is
/// spent is written down under the beginning of its period.
/// <para>
/// As in LiteLLM (litellm/litellm_core_utils/duration_parser.py), <c>1d</c> ends at midnight, <c>7d</c> and <c>1w</c> on Monday, <c>30d</c> and <c>1mo</c> on the first of the month,
/// seconds, minutes and hours at their round figures, all in UTC; other lengths are counted from the day that the budget was made.
/// </para>
/// </summary>
internal sealed record BudgetPeriod
{
    private readonly int _count;
    private readonly char _unit;
    private readonly DateTime _anchor;

    private BudgetPeriod(int count, char unit, DateTime anchor) => (_count, _unit, _anchor) = (count, unit, anchor);

    /// <summary>Never filled again.</summary>
    public static BudgetPeriod Endless { get; } = new(0, '-', DateTime.UnixEpoch);

    /// <summary>Reads <c>30s</c>, <c>30m</c>, <c>30h</c>, <c>30d</c>, <c>2w</c>, <c>1mo</c>; null is <see cref="Endless"/>. False where it is something else.</summary>
    /// <param name="text">What somebody configured.</param>
    /// <param name="createdAt">UTC, when the budget was made.</param>
    /// <param name="period">The period.</param>
    public static bool TryParse(string? text, DateTime createdAt, out BudgetPeriod period)
    {
        period = Endless;
        if (text is null) return true;
        var digits = text.AsSpan().TrimEnd("smhdwo");
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 100_000) return false;
        char? unit = text.AsSpan(digits.Length) switch { "s" => 's', "m" => 'm', "h" => 'h', "d" => 'd', "w" => 'w', "mo" => 'M', _ => null };
        if (unit is null) return false;
        var today = createdAt.Date;
        period = (unit, count) switch
        {
            ('d', 1) => new BudgetPeriod(1, 'd', DateTime.UnixEpoch),
            ('d', 7) or ('w', _) => new BudgetPeriod(unit is 'd' ? 7 : 7 * count, 'd', Monday(count is 1 || unit is 'd' ? DateTime.UnixEpoch : today)),
            ('d', 30) => new BudgetPeriod(1, 'M', DateTime.UnixEpoch),
            ('d', _) => new BudgetPeriod(count, 'd', today),
            ('M', _) => new BudgetPeriod(count, 'M', count is 1 ? DateTime.UnixEpoch : new DateTime(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Utc)),
            _ => new BudgetPeriod(count, unit.Value, DateTime.UnixEpoch),
        };
        return true;
    }

    /// <summary>The period that a moment lies in: from its start, until just before its end, both UTC.</summary>
    public (DateTime Start, DateTime End) WindowAt(DateTime now)
    {
        if (_count is 0) return (DateTime.UnixEpoch, DateTime.MaxValue);
        if (_unit is 'M')
        {
            var months = ((now.Year - _anchor.Year) * 12) + now.Month - _anchor.Month;
            var first = _anchor.AddMonths(Floor(months, _count) * _count);
            return (first, first.AddMonths(_count));
        }

        var length = _count * (_unit switch { 's' => TimeSpan.TicksPerSecond, 'm' => TimeSpan.TicksPerMinute, 'h' => TimeSpan.TicksPerHour, _ => TimeSpan.TicksPerDay });
        var start = _anchor.AddTicks(FloorTicks(now.Ticks - _anchor.Ticks, length) * length);
        return (start, start.AddTicks(length));
    }

    private static DateTime Monday(DateTime day) => DateTime.SpecifyKind(day.Date.AddDays(-(((int)day.DayOfWeek + 6) % 7)), DateTimeKind.Utc);

    private static int Floor(int value, int by) => (value / by) - (value % by < 0 ? 1 : 0);

    private static long FloorTicks(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
