using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Routing;

/// <summary>The way of one call: what it asks of routing, and how far it came: in which group it is, and whom it tried there.</summary>
internal sealed class CallRoute(GatewaySnapshot snapshot, ModelMatch match, string model)
{
    private Deployment? _first;
    private List<Deployment>? _others;
    private List<Deployment>? _unable;

    public GatewaySnapshot Snapshot { get; } = snapshot;

    public RoutingSettings Settings => Snapshot.Settings.Routing;

    /// <summary>The group that the call is in now; a fallback changes it.</summary>
    public ModelMatch Match { get; private set; } = match;

    /// <summary>The name that led to the group, as the client or a list of fallbacks wrote it.</summary>
    public string Model { get; private set; } = model;

    /// <summary>What the client's body says about the call.</summary>
    public CallEnvelope Envelope { get; init; } = new();

    /// <summary>The client's number of retries; null where it did not say.</summary>
    public int? Retries { get; init; }

    /// <summary>The tags of the call, from its header, its body and its metadata.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Filled where somebody asked for an explanation; null on all other calls.</summary>
    public RouteTrace? Trace { get; init; }

    /// <summary>Ends every wait.</summary>
    public CancellationToken ClientLeft { get; init; }

    /// <summary>Attempts so far, over all groups.</summary>
    public int Attempts { get; private set; }

    /// <summary>The number of the next attempt, which is now taken at this deployment.</summary>
    public int Begin(Deployment deployment)
    {
        if (_first is null) _first = deployment;
        else if (!WasTried(deployment)) (_others ??= []).Add(deployment);
        return ++Attempts;
    }

    /// <summary>True where an attempt at the deployment was made since the call entered the group.</summary>
    public bool WasTried(Deployment deployment) => ReferenceEquals(deployment, _first) || (_others is not null && _others.Contains(deployment));

    /// <summary>The deployment cannot take this call, however often it is asked.</summary>
    public void Exclude(Deployment deployment) => (_unable ??= []).Add(deployment);

    public bool IsExcluded(Deployment deployment) => _unable is not null && _unable.Contains(deployment);
}
