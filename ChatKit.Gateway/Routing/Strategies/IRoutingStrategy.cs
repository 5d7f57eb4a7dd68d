using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary>One of LiteLLM's routing strategies (https://docs.litellm.ai/docs/routing): a pure decision over what the deployments' state says.</summary>
internal interface IRoutingStrategy
{
    /// <summary>The deployment for the call; null where every one is at its limits.</summary>
    /// <param name="candidates">Those that may serve the call, in the order of the configuration; one at least.</param>
    /// <param name="route">What the call asks.</param>
    /// <param name="now">The moment of the choice.</param>
    Deployment? Pick(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now);

    /// <summary>What made the strategy choose this one, for an explanation.</summary>
    string Explain(Deployment chosen, CallRoute route, DateTimeOffset now);
}
