namespace ChatKit.Gateway.Simulation;

/// <summary>Sums up a replay by group.</summary>
internal static class SimulationSummary
{
    public static SimulationReport Of(IReadOnlyList<SimulatedCall> calls, IReadOnlyList<string> problems) => new(
        [.. calls.GroupBy(call => call.Logged.Group).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => Of(group.Key, [.. group]))],
        Of("total", calls),
        problems);

    private static GroupOutcome Of(string name, IReadOnlyList<SimulatedCall> calls) => new(
        name,
        new CallFigures(
            calls.Count,
            calls.Sum(call => call.Logged.Cost),
            calls.Count(call => call.Logged.FailedWith is not null),
            calls.Count(call => call.Logged.FellBack),
            calls.Count(call => call.Logged.FailedWith is 429),
            Quantile(calls.Where(call => call.Logged.FailedWith is null).Select(call => call.Logged.Duration), 0.5),
            Quantile(calls.Where(call => call.Logged.FailedWith is null).Select(call => call.Logged.Duration), 0.95)),
        new CallFigures(
            calls.Count,
            calls.Sum(call => call.Cost ?? 0),
            calls.Count(call => call.Failed),
            calls.Count(call => call.FellBack),
            calls.Sum(call => call.OverLimit),
            Quantile(calls.Where(call => !call.Failed).Select(call => call.Latency), 0.5),
            Quantile(calls.Where(call => !call.Failed).Select(call => call.Latency), 0.95)),
        calls.Count(call => !call.IsKnown),
        calls.Count(call => call is { IsKnown: true, Failed: false, Cost: null }),
        calls.Count(call => call.IsAssumed));

    /// <summary>The nearest rank; null of nothing.</summary>
    private static double? Quantile(IEnumerable<TimeSpan> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)].TotalSeconds;
    }
}
