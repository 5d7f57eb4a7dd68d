using System.Diagnostics;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry;

/// <summary>A call's metrics, as its client saw it: whatever attempts and waits it took.</summary>
internal static class CallMetrics
{
    /// <param name="operation">What was called.</param>
    /// <param name="group">The configured group that the model's name meant; null where it meant none.</param>
    /// <param name="duration">From the arrival of the call to its end.</param>
    /// <param name="last">The attempt that answered, or the last that failed; null where none was made.</param>
    /// <param name="error">What the client was told; null where its answer began.</param>
    public static void Record(string operation, string? group, TimeSpan duration, Attempt? last, GatewayError? error)
    {
        if (!GatewayInstruments.CallDuration.Enabled) return;

        var labels = new TagList { { GenAi.OperationName, operation } };
        if (group is not null) labels.Add(GenAi.ModelGroup, group);
        if (last is not null) labels.Add(GenAi.ProviderName, ProviderNames.Of(last.Deployment.Provider));
        if (last?.TimeToFirstToken is { } first) RecordStream(last, duration - last.Duration + first, first, labels);
        if (ErrorTypes.Of(error ?? last?.Error) is { } type) labels.Add(GenAi.ErrorType, type);
        GatewayInstruments.CallDuration.Record(duration.TotalSeconds, labels);
    }

    private static void RecordStream(Attempt attempt, TimeSpan sinceArrival, TimeSpan sinceAttempt, in TagList labels)
    {
        GatewayInstruments.CallFirstToken.Record(sinceArrival.TotalSeconds, labels);
        if (attempt.Usage is { Output: > 1 and var tokens })
            GatewayInstruments.CallTokenTime.Record((attempt.Duration - sinceAttempt).TotalSeconds / (tokens - 1), labels);
    }
}
