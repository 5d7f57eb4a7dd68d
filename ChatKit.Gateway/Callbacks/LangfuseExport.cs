using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace ChatKit.Gateway.Callbacks;

/// <summary>
/// Sends the spans of attempts to Langfuse, which takes OTLP over HTTP (https://langfuse.com/integrations/native/opentelemetry). Every attempt, whatever the
/// sampling of other telemetry is. Its settings are those of the start.
/// </summary>
internal sealed class LangfuseExport(SnapshotHolder snapshots) : IHostedService, IDisposable
{
    private TracerProvider? _tracing;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (snapshots.Current.Settings.Callbacks.Langfuse is not { } project) return Task.CompletedTask;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{project.PublicKey}:{project.SecretKey.Reveal()}"));
        _tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource(GatewayInstruments.Name)
            .SetSampler(new AlwaysOnSampler())
            .AddOtlpExporter(otlp =>
            {
                otlp.Endpoint = new Uri($"{project.Host.AbsoluteUri.TrimEnd('/')}/api/public/otel/v1/traces");
                otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                otlp.Headers = $"Authorization=Basic {credentials}";
            })
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Not yet the end: calls that are under way still have something to say.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _tracing?.Dispose();
}
