using System.Globalization;
using ChatKit.Gateway.Model.Accounts;
using Xunit;

namespace ChatKit.Gateway.Tests.Model.Accounts;

public sealed class BudgetPeriodTests
{
    [Theory]
    [InlineData("30s", "2026-11-23T10:15:42Z", "2026-11-23T10:15:30Z", "2026-11-23T10:16:00Z")]
    [InlineData("5m", "2026-11-23T10:17:42Z", "2026-11-23T10:15:00Z", "2026-11-23T10:20:00Z")]
    [InlineData("12h", "2026-11-23T13:00:00Z", "2026-11-23T12:00:00Z", "2026-11-24T00:00:00Z")]
    [InlineData("1d", "2026-11-23T23:59:59Z", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z")]
    [InlineData("7d", "2026-11-22T12:00:00Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z")]
    [InlineData("1w", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("30d", "2026-02-28T12:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("1mo", "2026-12-31T23:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("3mo", "2026-11-23T00:00:00Z", "2026-10-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("10d", "2026-11-23T00:00:00Z", "2026-11-16T00:00:00Z", "2026-11-26T00:00:00Z")]
    public void A_moment_lies_in_one_period(string duration, string now, string start, string end)
    {
        Assert.True(BudgetPeriod.TryParse(duration, Time("2026-07-09T15:00:00Z"), out var period));

        Assert.Equal((Time(start), Time(end)), period.WindowAt(Time(now)));
    }

    /// <summary>The clock of a replica may be behind that of the one that made the budget.</summary>
    [Fact]
    public void A_moment_before_the_budget_was_made_lies_in_one_too()
    {
        Assert.True(BudgetPeriod.TryParse("10d", Time("2026-07-09T15:00:00Z"), out var period));

        Assert.Equal((Time("2026-06-29T00:00:00Z"), Time("2026-07-09T00:00:00Z")), period.WindowAt(Time("2026-07-08T23:59:59Z")));
    }

    [Fact]
    public void Without_a_duration_there_is_one_period_for_ever()
    {
        Assert.True(BudgetPeriod.TryParse(null, Time("2026-07-09T15:00:00Z"), out var period));

        Assert.Equal((DateTime.UnixEpoch, DateTime.MaxValue), period.WindowAt(Time("2026-11-23T00:00:00Z")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("30")]
    [InlineData("30x")]
    [InlineData("30days")]
    [InlineData("3mom")]
    [InlineData("99999999999d")]
    public void What_is_no_duration_is_not_read(string duration) => Assert.False(BudgetPeriod.TryParse(duration, DateTime.UnixEpoch, out _));

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
