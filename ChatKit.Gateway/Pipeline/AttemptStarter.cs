using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Telemetry;

namespace ChatKit.Gateway.Pipeline;

/// <summary>Begins attempts: the dialect of the deployment, the span, and the settlement at the end.</summary>
internal sealed class AttemptStarter(ProviderCatalog providers, AttemptSettlement settlement, TimeProvider time)
{
    /// <summary>Null where the deployment cannot serve the call's operation.</summary>
    public AttemptRun? Begin(GatewayCall call, Deployment deployment, int number, AttemptKind kind)
    {
        if (providers.For(deployment, call.Operation) is not { } route) return null;
        var attempt = new UpstreamAttempt(call, deployment, route, number, time) { Kind = kind };
        var telemetry = AttemptTelemetry.Begin(GenAi.Operation(call.Operation), deployment, attempt.Model, number);
        if (telemetry.Span is { } span) RequestTags.Add(span, call.Envelope, call.Body.Span);
        return new AttemptRun(call, attempt, telemetry, settlement);
    }
}
