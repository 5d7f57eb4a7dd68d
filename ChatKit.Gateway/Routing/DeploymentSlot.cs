using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>A place at the deployment that was chosen, held while the attempt runs; or the reason why there is none.</summary>
internal readonly struct DeploymentSlot : IDisposable
{
    private DeploymentSlot(Deployment? deployment, int number, GatewayError? problem) => (Deployment, Number, Problem) = (deployment, number, problem);

    /// <summary>Whom to try; null where there is nobody.</summary>
    public Deployment? Deployment { get; }

    /// <summary>The attempt's number within the call, from 1.</summary>
    public int Number { get; }

    /// <summary>What to tell the client where there is nobody.</summary>
    public GatewayError? Problem { get; }

    /// <summary>The place was taken, and the request counted.</summary>
    public static DeploymentSlot Of(Deployment deployment, int number) => new(deployment, number, null);

    public static DeploymentSlot Nobody(GatewayError problem) => new(null, 0, problem);

    public void Dispose() => Deployment?.State.Slots.Release();
}
