using System.Collections.Frozen;

namespace ChatKit.Gateway.Model;

/// <summary><c>router_settings.hedging</c>: where a slow beginning is met with a second attempt, and how many more calls that may make.</summary>
/// <param name="Groups">The groups that opted in.</param>
/// <param name="MaxPercent">Hedges for a hundred calls of a group, at most.</param>
internal sealed record HedgingRules(FrozenSet<string> Groups, double MaxPercent);
