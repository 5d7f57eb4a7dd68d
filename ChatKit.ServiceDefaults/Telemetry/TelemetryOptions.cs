using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Telemetry;

/// <summary>
/// The few <c>OTEL_*</c> variables that are read here; the SDK reads the others itself
/// (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
/// </summary>
public static class TelemetryOptions
{
    /// <summary>Where telemetry goes, and the switch that turns it on.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary><c>grpc</c> (the default) or <c>http/protobuf</c>.</summary>
    public const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>True where telemetry is to be sent.</summary>
    public static bool IsOn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Endpoint]);

    /// <summary>
    /// What is wrong with the variables. The SDK itself would fall back to its defaults in silence, and send elsewhere than asked.
    /// </summary>
    public static IEnumerable<VariableProblem> Problems(IConfiguration configuration)
    {
        if (!IsOn(configuration))
        {
            yield break;
        }

        if (!Uri.TryCreate(configuration[Endpoint], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            yield return new(Endpoint, "must be an http or https URL, such as http://127.0.0.1:4317");
        }

        if (configuration[Protocol] is { Length: > 0 } protocol && protocol is not ("grpc" or "http/protobuf"))
        {
            yield return new(Protocol, "must be grpc or http/protobuf");
        }
    }

    /// <summary>False where <c>OTEL_{signal}_EXPORTER</c> says <c>none</c>.</summary>
    internal static bool Exports(IConfiguration configuration, string signal) =>
        !string.Equals(configuration[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase);
}
