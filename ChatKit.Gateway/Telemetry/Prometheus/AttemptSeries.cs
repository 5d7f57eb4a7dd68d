using Prometheus;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>What tells attempts apart.</summary>
internal readonly record struct AttemptLabels(CallerLabels Caller, string Model, string Upstream, string Deployment, string ApiBase, string Provider);

/// <summary>The series of attempts that are alike.</summary>
internal sealed class AttemptSeries(Instruments instruments, AttemptLabels labels)
{
    private readonly string[] _of = [labels.Model, .. Labels.Of(labels), .. labels.Caller.KeyAndTeam()];

    public ICounter Attempts { get; } = instruments.DeploymentRequests.WithLabels([labels.Model, .. Labels.Of(labels), .. labels.Caller.KeyAndTeam()]);

    public ICounter Successes { get; } = instruments.DeploymentSuccesses.WithLabels([labels.Model, .. Labels.Of(labels), .. labels.Caller.KeyAndTeam()]);

    public IHistogram Latency { get; } = instruments.ApiLatency.WithLabels([.. labels.Caller.Values(), labels.Model, labels.Upstream]);

    public IHistogram FirstToken { get; } = instruments.FirstToken.WithLabels([.. labels.Caller.Values(), labels.Model, labels.Upstream]);

    public ICounter InputTokens { get; } = instruments.InputTokens.WithLabels([.. labels.Caller.Values(), labels.Model, labels.Upstream]);

    public ICounter OutputTokens { get; } = instruments.OutputTokens.WithLabels([.. labels.Caller.Values(), labels.Model, labels.Upstream]);

    public ICounter TotalTokens { get; } = instruments.TotalTokens.WithLabels([.. labels.Caller.Values(), labels.Model, labels.Upstream]);

    public ICounter Spend { get; } = instruments.Spend.WithLabels([.. labels.Caller.Values(), labels.Upstream]);

    /// <summary>Rare, so that its series are looked up when it happens.</summary>
    public void Failed(int status, string errorClass) => instruments.DeploymentFailures.WithLabels([.. _of, Labels.Text(status), errorClass]).Inc();

    public void FellBack(string group, bool succeeded) =>
        (succeeded ? instruments.SuccessfulFallbacks : instruments.FailedFallbacks).WithLabels([labels.Model, group, .. labels.Caller.KeyAndTeam()]).Inc();
}
