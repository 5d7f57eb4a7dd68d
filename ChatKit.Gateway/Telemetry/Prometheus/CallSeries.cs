using Prometheus;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>What tells calls apart.</summary>
internal readonly record struct CallLabels(CallerLabels Caller, string Model, string Answered, string Route, int Status);

/// <summary>The series of calls that went alike.</summary>
internal sealed class CallSeries(Instruments instruments, CallLabels labels)
{
    private readonly string _status = Labels.Text(labels.Status);

    public ICounter Requests { get; } = instruments.Requests.WithLabels([.. labels.Caller.Values(), labels.Model, Labels.Text(labels.Status), labels.Route]);

    public IHistogram Latency { get; } = instruments.RequestLatency.WithLabels([.. labels.Caller.Values(), labels.Model, labels.Answered]);

    /// <summary>Rare, so that its series are looked up when it happens.</summary>
    public void Failed(string errorClass) => instruments.FailedRequests.WithLabels([.. labels.Caller.Values(), labels.Model, _status, errorClass, labels.Route]).Inc();
}
