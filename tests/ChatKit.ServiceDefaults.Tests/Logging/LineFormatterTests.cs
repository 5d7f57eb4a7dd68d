using ChatKit.ServiceDefaults.Hosting;
using ChatKit.ServiceDefaults.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests.Logging;

public sealed class LineFormatterTests
{
    [Fact]
    public void An_event_is_one_line() => Assert.Equal($"14:03:27 warn  ConfigReloader  kept the old file{Environment.NewLine}", Write("kept the old file"));

    [Fact]
    public void Text_from_outside_cannot_add_a_line_or_steer_the_terminal() =>
        Assert.Equal($"14:03:27 warn  ConfigReloader  a{Environment.NewLine}               14:00:00 info [31mb{Environment.NewLine}", Write("a\r\n14:00:00 info\e[31mb"));

    [Fact]
    public void What_an_exception_says_stands_below_its_line() =>
        Assert.Equal(
            ["14:03:27 warn  ConfigReloader  failed", "               InvalidOperationException: why", ""],
            Write("failed", Thrown()).Split(Environment.NewLine));

    [Fact]
    public void An_error_shows_where_it_happened() =>
        Assert.Contains($"{nameof(LineFormatterTests)}.{nameof(Thrown)}()", Write("failed", Thrown(), level: LogLevel.Error), StringComparison.Ordinal);

    [Fact]
    public void A_refused_start_is_told_by_the_host_alone() => Assert.Equal("", Write("failed", new StartupException("no"), level: LogLevel.Error));

    [Fact]
    public void A_terminal_gets_colours() =>
        Assert.Equal($"\e[2m14:03:27\e[0m \e[33mwarn \e[0m \e[2mConfigReloader\e[0m  hello{Environment.NewLine}", Write("hello", colors: true));

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("why");
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
    }

    private static string Write(string message, Exception? exception = null, bool colors = false, LogLevel level = LogLevel.Warning)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 5, 14, 3, 27, TimeSpan.Zero));
        time.SetLocalTimeZone(TimeZoneInfo.Utc);
        using var text = new StringWriter();
        new LineFormatter(time, new Options(new() { Colors = colors })).Write(
            new LogEntry<string>(level, "ChatKit.Gateway.Config.ConfigReloader", default, message, exception, (state, _) => state), null, text);
        return text.ToString();
    }

    private sealed class Options(LineFormatterOptions value) : IOptionsMonitor<LineFormatterOptions>
    {
        public LineFormatterOptions CurrentValue => value;

        public LineFormatterOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<LineFormatterOptions, string?> listener) => null;
    }
}
