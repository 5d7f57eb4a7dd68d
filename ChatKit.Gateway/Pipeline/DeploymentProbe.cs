using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Telemetry;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// The health check of one deployment: the shortest real call, as an attempt like any other, settled like any other. It is neither routed nor
/// retried, so it says how this deployment is and not how its group is.
/// </summary>
internal sealed class DeploymentProbe(ProviderCatalog providers, AttemptSettlement settlement, TimeProvider time)
{
    private static readonly ReadOnlyMemory<byte> Body = """{"messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":16}"""u8.ToArray();

    /// <param name="http">The request that asked; when it goes away, so does the check.</param>
    /// <param name="snapshot">The configuration that it asked about.</param>
    /// <param name="deployment">Whom to call; it has a model to probe.</param>
    /// <returns>Null where the deployment answered.</returns>
    public async ValueTask<GatewayError?> CheckAsync(HttpContext http, GatewaySnapshot snapshot, Deployment deployment)
    {
        var probed = deployment with
        {
            UpstreamModel = deployment.ProbeModel!,
            Timeouts = deployment.Timeouts with { Total = deployment.ProbeTimeout },
        };
        using var call = new GatewayCall(http, Operation.Chat, snapshot, time.GetTimestamp())
        {
            ClientModel = deployment.GroupName,
            Match = new ModelMatch(new ModelGroup(deployment.GroupName, [probed]), []),
        };
        CallEnvelopeReader.Read(Body.Span, Operation.Chat.Input, out var envelope);
        call.Keep(new PooledBuffer(), Body, envelope);
        using var attempt = new UpstreamAttempt(call, probed, providers.For(probed, Operation.Chat)!, number: 1, time);
        var telemetry = AttemptTelemetry.Begin(GenAi.Operation(Operation.Chat), probed, attempt.Model, attempt.Number);
        GatewayError? failure = GatewayError.ClientLeft;
        try
        {
            return failure = await attempt.OpenAsync();
        }
        finally
        {
            settlement.Settle(call, attempt.ToFact(failure), telemetry);
        }
    }
}
