namespace ChatKit.Gateway.Simulation;

/// <summary>What a simulation came to.</summary>
/// <param name="Groups">By the name that clients called, the busiest first.</param>
/// <param name="Total">All groups together.</param>
/// <param name="Problems">Lines of the log that are no call, by number.</param>
public sealed record SimulationReport(IReadOnlyList<GroupOutcome> Groups, GroupOutcome Total, IReadOnlyList<string> Problems);

/// <summary>One group: what the log says, and what the candidate makes of it.</summary>
/// <param name="Group">The name that clients called.</param>
/// <param name="Logged">What happened.</param>
/// <param name="Simulated">What would have happened.</param>
/// <param name="Unknown">Calls of a model that the candidate does not have; they count as failed.</param>
/// <param name="Unpriced">Calls whose simulated cost is not known; they count as free.</param>
/// <param name="Assumed">Calls that went to a model of which the log knows nothing; they take the time that they took.</param>
public sealed record GroupOutcome(string Group, CallFigures Logged, CallFigures Simulated, int Unknown, int Unpriced, int Assumed);

/// <summary>Figures of many calls.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Cost">US dollars.</param>
/// <param name="Failed">Calls without an answer.</param>
/// <param name="Fallbacks">Calls that another group answered.</param>
/// <param name="OverLimit">Attempts beyond a limit: in the log, calls that failed with 429; simulated, every attempt that rpm or tpm would have refused.</param>
/// <param name="MedianSeconds">To the end of the answer, of calls that were answered; null where none was.</param>
/// <param name="SlowSeconds">The same for the slowest in twenty.</param>
public sealed record CallFigures(int Calls, decimal Cost, int Failed, int Fallbacks, int OverLimit, double? MedianSeconds, double? SlowSeconds);
