using ChatKit.Gateway.Callbacks;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Telemetry.Prometheus;

namespace ChatKit.Gateway.Pipeline;

/// <summary>Everybody who is told of a settlement, in order. None may wait for anything, nor throw: a client's answer may hang on it.</summary>
internal sealed class SettlementListeners(PrometheusMetrics metrics, CallbackDispatcher callbacks)
{
    /// <param name="settled">What the attempt came to.</param>
    /// <param name="rests">True where its deployment is given a rest for it.</param>
    /// <param name="settings">The call's.</param>
    public void Tell(Settlement settled, bool rests, GatewaySettings settings)
    {
        metrics.Settled(settled, settings.Callbacks.Prometheus);
        if (rests) metrics.Cooled(settled.Attempt, settings.Callbacks.Prometheus);
        callbacks.Settled(settled, settings.Callbacks);
    }
}
