using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Pipeline.Health;

/// <summary>
/// The health check of one deployment: the shortest real call, as an attempt like any other, settled like any other. It is neither routed nor
/// retried, so it says how this deployment is and not how its group is.
/// </summary>
internal sealed class DeploymentProbe(AttemptStarter attempts, TimeProvider time)
{
    private const string DefaultMode = "chat";

    /// <param name="http">The request that asked; when it goes away, so does the check.</param>
    /// <param name="snapshot">The configuration that it asked about.</param>
    /// <param name="deployment">Whom to call.</param>
    public async ValueTask<DeploymentHealth> CheckAsync(HttpContext http, GatewaySnapshot snapshot, Deployment deployment)
    {
        if (deployment.ProbeModel is not { } model) return new(deployment, DefaultMode, null, "model_info.health_check_model does not say which of its models to call");
        var mode = deployment.FactsOf(model).Mode ?? DefaultMode;
        if (ProbeCall.Of(mode) is not { } probe) return new(deployment, mode, null, $"a model of mode {mode} has no cheap call");

        var probed = deployment with { UpstreamModel = model, Timeouts = deployment.Timeouts with { Total = deployment.ProbeTimeout } };
        using var call = new GatewayCall(http, probe.Operation, snapshot, time.GetTimestamp())
        {
            ClientModel = deployment.GroupName,
            Match = new ModelMatch(new ModelGroup(deployment.GroupName, [probed]), []),
        };
        CallEnvelopeReader.Read(probe.Body.Span, probe.Operation.Input, out var envelope);
        call.Keep(new PooledBuffer(), probe.Body, envelope);
        using var attempt = attempts.Begin(call, probed, number: 1, AttemptKind.Probe);
        return attempt is null
            ? new(deployment, mode, null, $"{deployment.Provider} does not serve {probe.Operation.Name}")
            : new(deployment, mode, await attempt.OpenAsync(), null);
    }
}
