using Microsoft.Extensions.Logging;

namespace ChatKit.ServiceDefaults.Telemetry;

/// <summary>Hands the host's log lines to the SDK, which the session owns.</summary>
[ProviderAlias("OpenTelemetry")]
internal sealed class TelemetryLoggerProvider(TelemetrySession session) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => session.Logs.CreateLogger(categoryName);

    public void Dispose()
    {
        // The session ends with the host's services, after the last line was written.
    }
}
