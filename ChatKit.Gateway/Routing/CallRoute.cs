using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tokens;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Routing;

/// <summary>The way of one call: what it asks of routing, and how far it came: in which group it is, and whom it tried there.</summary>
internal sealed class CallRoute(GatewaySnapshot snapshot, ModelMatch match, string model)
{
    private Deployment? _first;
    private List<Deployment>? _others;
    private List<Deployment>? _unable;
    private RequestNeeds? _needs;
    private int? _tokens;

    public GatewaySnapshot Snapshot { get; } = snapshot;

    public RoutingSettings Settings => Snapshot.Settings.Routing;

    /// <summary>The group that the call is in now; a fallback changes it.</summary>
    public ModelMatch Match { get; private set; } = match;

    /// <summary>The name that led to the group, as the client or a list of fallbacks wrote it.</summary>
    public string Model { get; private set; } = model;

    /// <summary>What the client's body says about the call.</summary>
    public CallEnvelope Envelope { get; set; } = CallEnvelope.Empty;

    /// <summary>The client's JSON, for the checks that look into it; nothing once it was released.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The input's tokens, where somebody has counted them already: in a call of the past, which has no body.</summary>
    public int? KnownTokens { get; init; }

    /// <summary>The client's number of retries; null where it did not say.</summary>
    public int? Retries { get; init; }

    /// <summary>The tags of the call, from its header, its body and its metadata.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>No deployment elsewhere may be asked: what somebody else decided, else what the body says. Null: any may.</summary>
    public string? Region
    {
        get => field ?? Envelope.Routing?.Region;
        init;
    }

    /// <summary>Who calls; null for nobody whose rights count: a call of the past, a test.</summary>
    public Caller? Caller { get; init; }

    /// <summary>Filled where somebody asked for an explanation; null on all other calls.</summary>
    public RouteTrace? Trace { get; init; }

    /// <summary>Ends every wait.</summary>
    public CancellationToken ClientLeft { get; init; }

    /// <summary>Attempts so far, over all groups.</summary>
    public int Attempts { get; private set; }

    /// <summary>Groups after the first that the call has been in.</summary>
    public int Fallbacks { get; private set; }

    /// <summary>What a model has to be able to do for this call; read from the body when first asked for.</summary>
    public RequestNeeds Needs => _needs ??= RequestNeeds.Of(Body, Envelope);

    /// <summary>Whether the caller may go on to this model: a list of fallbacks is no way around what a key may call.</summary>
    public bool MayEnter(ModelMatch next, string name) => Caller?.DeniedBy(Snapshot, name, next) is null;

    /// <summary>The call goes on in another group.</summary>
    public void Enter(ModelMatch next, string name)
    {
        (Match, Model) = (next, name);
        Fallbacks++;
        (_first, _others, _unable, _tokens) = (null, null, null, null);
    }

    /// <summary>The call goes on as another request: what was read of the old one does not hold any more.</summary>
    public void GoOnWith(ReadOnlyMemory<byte> body, CallEnvelope envelope) => (Body, Envelope, _needs, _tokens) = (body, envelope, null, null);

    /// <summary>The number of the next attempt, which is now taken at this deployment.</summary>
    public int Begin(Deployment deployment)
    {
        if (_first is null) _first = deployment;
        else if (!WasTried(deployment)) (_others ??= []).Add(deployment);
        return ++Attempts;
    }

    /// <summary>True where an attempt at the deployment was made since the call entered the group.</summary>
    public bool WasTried(Deployment deployment) => ReferenceEquals(deployment, _first) || (_others is not null && _others.Contains(deployment));

    /// <summary>An attempt at the deployment was broken off through no fault of its: it may be asked again.</summary>
    public void Forgive(Deployment deployment)
    {
        if (ReferenceEquals(deployment, _first)) _first = null;
        else _others?.Remove(deployment);
    }

    /// <summary>The deployment cannot take this call, however often it is asked.</summary>
    public void Exclude(Deployment deployment) => (_unable ??= []).Add(deployment);

    public bool IsExcluded(Deployment deployment) => _unable is not null && _unable.Contains(deployment);

    /// <summary>True where the input has so many tokens at most. A token is a byte at least, so that short inputs need not be counted.</summary>
    public bool IsWithin(long tokens, Deployment deployment) => tokens >= 0 && ((KnownTokens ?? Body.Length) <= tokens || TokensFor(deployment) <= tokens);

    /// <summary>The input's tokens, counted once for a group: its deployments have the same model, or nearly.</summary>
    public int TokensFor(Deployment deployment) => KnownTokens ?? (_tokens ??= RequestTokens.Count(Body, Match.UpstreamModel(deployment)));
}
