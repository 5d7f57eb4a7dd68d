using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>A key of the database, made ready for calls: read once, then shared by all of them.</summary>
/// <param name="Caller">Who its holder is.</param>
/// <param name="ExpiresAt">From then on it is refused; <see cref="DateTimeOffset.MaxValue"/>: never.</param>
/// <param name="Refusal">Why it is refused whatever is asked: it, its user or its team is blocked. Null where it is not.</param>
internal sealed record KnownKey(Caller Caller, DateTimeOffset ExpiresAt, GatewayError? Refusal)
{
    /// <summary>The old key of one that was exchanged: good until <see cref="ExpiresAt"/>, and no longer known then.</summary>
    public bool IsRetired { get; init; }

    /// <summary>The named limits that it takes part of its own from; null for none.</summary>
    public string? BudgetId { get; init; }
}
