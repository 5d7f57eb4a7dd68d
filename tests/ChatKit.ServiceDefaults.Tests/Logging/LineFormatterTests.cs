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
    public void An_exception_stands_below_its_line() =>
        Assert.Equal(
            [$"14:03:27 warn  ConfigReloader  failed", "               System.InvalidOperationException: why", ""],
            Write("failed", new InvalidOperationException("why")).Split(Environment.NewLine));

    [Fact]
    public void A_terminal_gets_colours() =>
        Assert.Equal($"\e[2m14:03:27\e[0m \e[33mwarn \e[0m \e[2mConfigReloader\e[0m  hello{Environment.NewLine}", Write("hello", colors: true));

    private static string Write(string message, Exception? exception = null, bool colors = false)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 5, 14, 3, 27, TimeSpan.Zero));
        time.SetLocalTimeZone(TimeZoneInfo.Utc);
        using var text = new StringWriter();
        new LineFormatter(time, new Options(new() { Colors = colors })).Write(
            new LogEntry<string>(LogLevel.Warning, "ChatKit.Gateway.Config.ConfigReloader", default, message, exception, (state, _) => state), null, text);
        return text.ToString();
    }

    private sealed class Options(LineFormatterOptions value) : IOptionsMonitor<LineFormatterOptions>
    {
        public LineFormatterOptions CurrentValue => value;

        public LineFormatterOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<LineFormatterOptions, string?> listener) => null;
    }
}
