using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatKit.ServiceDefaults.Telemetry;

/// <summary>
/// A host's share in the OpenTelemetry SDK. Sources and meters are the process's, not a host's: where one process runs several services
/// (<c>chatkit up</c>), an SDK per host would send everything once per host. So hosts with one endpoint share one SDK; the last to leave flushes it.
/// </summary>
internal sealed class TelemetrySession : IHostedService, IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, TelemetrySession> Sessions = [];

    private readonly string _endpoint;
    private readonly OpenTelemetrySdk _sdk;
    private int _hosts;

    private TelemetrySession(string endpoint, OpenTelemetrySdk sdk) => (_endpoint, _sdk) = (endpoint, sdk);

    /// <summary>Turns log lines into log records, joined to the trace that they were written in.</summary>
    public ILoggerFactory Logs => _sdk.GetLoggerFactory();

    /// <summary>Starts the SDK, or shares the one that already sends to the same endpoint.</summary>
    public static TelemetrySession Join(IConfiguration configuration, string serviceName)
    {
        var endpoint = configuration[TelemetryOptions.Endpoint]!;
        lock (Gate)
        {
            if (!Sessions.TryGetValue(endpoint, out var session))
            {
                Sessions[endpoint] = session = new TelemetrySession(endpoint, Start(configuration, serviceName));
            }

            session._hosts++;
            return session;
        }
    }

    /// <summary>Being a hosted service is what has it created before the first request, whatever else uses it.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not yet the end: services that stop later still have something to say.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Leaves; the last host to do so sends what is still buffered.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (--_hosts > 0)
            {
                return;
            }

            Sessions.Remove(_endpoint);
        }

        _sdk.Dispose();
    }

    private static OpenTelemetrySdk Start(IConfiguration configuration, string serviceName) => OpenTelemetrySdk.Create(builder =>
    {
        // The service's configuration, so that OTEL_* variables of .env count as well.
        builder.Services.AddSingleton(configuration);
        builder.ConfigureResource(resource => resource
            .AddService(serviceName, serviceVersion: Version)
            .AddEnvironmentVariableDetector());

        if (TelemetryOptions.Exports(configuration, "TRACES"))
        {
            builder.WithTracing(traces => traces.AddSource(TelemetrySources.Traces));
        }

        if (TelemetryOptions.Exports(configuration, "METRICS"))
        {
            builder.WithMetrics(metrics => metrics.AddMeter(TelemetrySources.Metrics));
        }

        if (TelemetryOptions.Exports(configuration, "LOGS"))
        {
            // Levels are decided by the host's own filters, before a line gets here.
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
            builder.WithLogging(null, options => options.IncludeFormattedMessage = true);
        }

        builder.UseOtlpExporter();
    });

    private static string? Version =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
