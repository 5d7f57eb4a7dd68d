using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Simulation;

/// <summary>What the log lets one expect of a deployment: how long it takes, and how often it fails.</summary>
internal sealed class PastBehaviour
{
    private readonly Dictionary<string, Record> _records;
    private readonly Random _random = new(1);

    public PastBehaviour(IReadOnlyList<LoggedCall> calls) =>
        _records = calls.GroupBy(call => call.Model).ToDictionary(group => group.Key, group => new Record([.. group]), StringComparer.Ordinal);

    /// <summary>
    /// Where the call went to this deployment in the past, or to the same model, what happened then happens again. Another model of the log takes its usual time per
    /// token, and fails as often as it did. Of a model that the log does not know nothing is known: it takes the time that the call took, and is counted as assumed.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="deployment">Whom it is tried at.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="isFirst">False where the call was tried before: what failed in the past is not repeated by a second try of the same.</param>
    public Expectation Of(LoggedCall call, Deployment deployment, string model, bool isFirst)
    {
        var name = $"{deployment.Provider}/{model}";
        if (call.DeploymentId == deployment.Id || call.Model == name)
            return new Expectation(call.Duration, isFirst ? call.FailedWith : null, IsAssumed: false);
        if (!_records.TryGetValue(name, out var record) || record.SecondsPerToken is not { } pace)
            return new Expectation(call.Duration, null, IsAssumed: true);
        return new Expectation(
            TimeSpan.FromSeconds(pace * Math.Max(1, call.Usage.Output)),
            _random.NextDouble() < record.FailureShare ? record.UsualFailure : null,
            IsAssumed: false);
    }

    private sealed class Record
    {
        public Record(IReadOnlyList<LoggedCall> calls)
        {
            var (good, bad) = (calls.Where(call => call.FailedWith is null).ToList(), calls.Where(call => call.FailedWith is not null).ToList());
            var paces = good.Select(call => call.Duration.TotalSeconds / Math.Max(1, call.Usage.Output)).Order().ToList();
            SecondsPerToken = paces.Count == 0 ? null : paces[paces.Count / 2];
            FailureShare = (double)bad.Count / calls.Count;
            UsualFailure = bad.Count == 0 ? 0 : bad.CountBy(call => call.FailedWith!.Value).MaxBy(status => status.Value).Key;
        }

        /// <summary>The median; null where it never answered.</summary>
        public double? SecondsPerToken { get; }

        public double FailureShare { get; }

        public int UsualFailure { get; }
    }
}

/// <param name="Duration">How long the attempt takes.</param>
/// <param name="FailsWith">The provider's status; null where it answers.</param>
/// <param name="IsAssumed">True where the log knows nothing of the model.</param>
internal readonly record struct Expectation(TimeSpan Duration, int? FailsWith, bool IsAssumed);
