using System.Text.Json;
using ChatKit.Backend.Tools;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Tools;

public sealed class TimeToolTests
{
    [Theory]
    [InlineData("{}", "Wednesday, 1 July 2026, 12:00:00 (2026-07-01T12:00:00+00:00, UTC)")]
    [InlineData("""{"time_zone":"Europe/Paris"}""", "Wednesday, 1 July 2026, 14:00:00 (2026-07-01T14:00:00+02:00, Europe/Paris, daylight saving time)")]
    [InlineData("""{"time_zone":"Asia/Kolkata"}""", "Wednesday, 1 July 2026, 17:30:00 (2026-07-01T17:30:00+05:30, Asia/Kolkata)")]
    [InlineData("""{"time_zone":"Atlantis"}""", "This is not the name of a time zone. Use an IANA name such as Europe/Paris.")]
    public async Task It_tells_the_time_of_a_zone(string arguments, string expected)
    {
        var tool = new TimeTool(new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)));
        var result = await tool.CallAsync(new ToolCall(JsonDocument.Parse(arguments).RootElement, thread: null!, new Citations()), CancellationToken.None);

        Assert.Equal(expected, result.Text);
    }
}
