using ChatKit.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatKit.ServiceDefaults;

/// <summary>Traces, metrics and logs over OTLP, for every service alike.</summary>
public static class TelemetryServices
{
    /// <summary>
    /// Sends the service's telemetry to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Where that is not set nothing is registered, so nothing is measured,
    /// buffered or sent, and the hot path pays for nothing.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="serviceName">The <c>service.name</c> unless <c>OTEL_SERVICE_NAME</c> gives one.</param>
    public static TBuilder AddTelemetry<TBuilder>(this TBuilder builder, string serviceName)
        where TBuilder : IHostApplicationBuilder
    {
        if (!TelemetryOptions.IsOn(builder.Configuration))
        {
            return builder;
        }

        // ASP.NET Core 10 names the tags of OpenTelemetry's HTTP conventions but keeps them off by default; 11 turns them on.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        var configuration = builder.Configuration;
        builder.Services.AddSingleton(_ => TelemetrySession.Join(configuration, serviceName));
        builder.Services.AddHostedService(services => services.GetRequiredService<TelemetrySession>());
        builder.Services.AddSingleton<ILoggerProvider, TelemetryLoggerProvider>();
        builder.Services.AddSingleton<IStartupFilter, ServerSpanFilter>();
        return builder;
    }
}
