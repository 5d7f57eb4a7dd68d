using ChatKit.ServiceDefaults.Logging;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>How the services speak.</summary>
internal static class LogChecks
{
    public static Finding Level(VariableReading level)
    {
        if (level.Value is null)
            return level.Ok("not set: INFO");
        return ConsoleLogging.Level(level.Configuration) is null
            ? level.Warn("is none of DEBUG, INFO, WARNING, ERROR, CRITICAL: INFO is used")
            : level.Ok("set");
    }

    public static Finding Collector(VariableReading endpoint) =>
        endpoint.Ok(endpoint.Value is null ? "not set: no telemetry is sent" : "set: telemetry is sent there");

    public static Finding Json(VariableReading json) => json.Value switch
    {
        null => json.Ok("not set: one line of text per event"),
        var value when bool.TryParse(value, out _) => json.Ok("set"),
        _ => json.Warn("is neither true nor false: text is written"),
    };
}
