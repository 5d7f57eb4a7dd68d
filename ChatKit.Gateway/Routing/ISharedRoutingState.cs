using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Tells the other replicas what this one has learnt, after its own state is up to date. Called on the way of every call, so it must neither wait nor throw.
/// What the others tell is put into <see cref="DeploymentState"/>.
/// </summary>
internal interface ISharedRoutingState
{
    void Settled(Attempt attempt);

    void Cooled(Deployment deployment, Cooldown cooldown);
}

/// <summary>One replica, or none that listens.</summary>
internal sealed class UnsharedRoutingState : ISharedRoutingState
{
    public void Settled(Attempt attempt) { }

    public void Cooled(Deployment deployment, Cooldown cooldown) { }
}
