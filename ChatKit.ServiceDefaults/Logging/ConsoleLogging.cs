using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.ServiceDefaults.Logging;

/// <summary>
/// Logs for people: one short line per event. <c>JSON_LOGS=true</c> writes JSON objects instead, <c>LITELLM_LOG=DEBUG</c> says more, and
/// .NET's own <c>Logging__LogLevel__&lt;category&gt;</c> overrides both for one category.
/// </summary>
internal static class ConsoleLogging
{
    public const string JsonVariable = "JSON_LOGS";
    public const string LevelVariable = "LITELLM_LOG";

    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
        // Enabled at any level, this one has ASP.NET Core open an activity and a scope for each request, traced or not. What it would say, others say.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = nameof(LogLevel.None),
        ["Logging:LogLevel:System"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Quartz"] = nameof(LogLevel.Warning),
    };

    public static void AddConsoleLogging(this IHostApplicationBuilder builder)
    {
        var levels = new Dictionary<string, string?>(Levels);
        if (Level(builder.Configuration) is { } level)
            levels["Logging:LogLevel:Default"] = level.ToString();
        // Below every other source, so that any of them overrides a level.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = levels });

        builder.Logging.ClearProviders();
        if (Json(builder.Configuration))
            builder.Logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "O"));
        else
            builder.Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName)
                .AddConsoleFormatter<LineFormatter, LineFormatterOptions>();
    }

    private static bool Json(IConfiguration configuration) => bool.TryParse(configuration[JsonVariable], out var json) && json;

    /// <summary>LiteLLM's names for levels; a name that is none of them changes nothing here and is told by the audit.</summary>
    public static LogLevel? Level(IConfiguration configuration) => configuration[LevelVariable]?.Trim().ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" => LogLevel.Critical,
        _ => null,
    };
}
