using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>Why a call went where it went: every choice with its candidates, and every attempt. Kept only for calls that ask for it.</summary>
internal sealed class RouteTrace
{
    private readonly Lock _gate = new();
    private readonly List<RouteChoice> _choices = [];
    private readonly List<Attempt> _attempts = [];

    public IReadOnlyList<RouteChoice> Choices
    {
        get
        {
            lock (_gate) return [.. _choices];
        }
    }

    /// <summary>What came of the attempts, in the order in which they ended.</summary>
    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_gate) return [.. _attempts];
        }
    }

    public RouteChoice Open(string group)
    {
        var choice = new RouteChoice(group);
        lock (_gate) _choices.Add(choice);
        return choice;
    }

    /// <summary>Attempts may run beside each other, and end at the same time.</summary>
    public void Ended(Attempt attempt)
    {
        lock (_gate) _attempts.Add(attempt);
    }
}

/// <summary>One choice of a deployment.</summary>
internal sealed class RouteChoice(string group)
{
    public string Group { get; } = group;

    /// <summary>Every deployment of the group; with the reason where it was passed over.</summary>
    public List<RouteCandidate> Candidates { get; } = [];

    /// <summary>Null where nobody was left.</summary>
    public Deployment? Chosen { get; private set; }

    /// <summary>Why this one, or why nobody.</summary>
    public string Reason { get; private set; } = "";

    public void PassOver(Deployment deployment, string reason) => Candidates.Add(new RouteCandidate(deployment, reason));

    public void Choose(Deployment deployment, string reason)
    {
        Candidates.Add(new RouteCandidate(deployment, null));
        (Chosen, Reason) = (deployment, reason);
    }

    public void ChooseNobody(string reason) => Reason = reason;
}

/// <param name="Deployment">Who could have been asked.</param>
/// <param name="PassedOver">Why it was not; null for the one that was chosen.</param>
internal sealed record RouteCandidate(Deployment Deployment, string? PassedOver);
