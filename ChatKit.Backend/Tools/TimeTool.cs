using System.Globalization;
using System.Text.Json;

namespace ChatKit.Backend.Tools;

/// <summary>What time it is, here or anywhere: models know no clock.</summary>
internal sealed class TimeTool(TimeProvider time) : ITool
{
    public string Name => "current_time";

    public string Label => "Time";

    public string Icon => "calendar";

    public string Description => "The current date and time, in a time zone.";

    public JsonElement Parameters { get; } = ToolSchema.Of(
        """
        {"type":"object","properties":{"time_zone":{"type":"string","description":"An IANA name such as Europe/Paris; UTC where it is left out."}},"additionalProperties":false}
        """);

    public Task<ToolResult> CallAsync(ToolCall request, CancellationToken cancel)
    {
        var name = request.Text("time_zone") is { Length: > 0 } given ? given : "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return Task.FromResult(ToolResult.Failure("This is not the name of a time zone. Use an IANA name such as Europe/Paris."));
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        return Task.FromResult(new ToolResult(string.Create(
            CultureInfo.InvariantCulture, $"{now:dddd, d MMMM yyyy, HH:mm:ss} ({now:yyyy-MM-dd'T'HH:mm:sszzz}, {zone.Id}{(zone.IsDaylightSavingTime(now) ? ", daylight saving time" : "")})")));
    }
}
