using System.Diagnostics;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry;

/// <summary>An attempt's metrics. No label holds what a client made up.</summary>
internal static class AttemptMetrics
{
    public static void Record(string operation, string model, Attempt attempt)
    {
        if (!GatewayInstruments.AttemptDuration.Enabled) return;

        var deployment = attempt.Deployment;
        var labels = new TagList
        {
            { GenAi.OperationName, operation },
            { GenAi.ProviderName, ProviderNames.Of(deployment.Provider) },
            { GenAi.RequestModel, ModelLabel(model, attempt) },
            { GenAi.ServerAddress, deployment.BaseAddress?.Host },
            { GenAi.ServerPort, deployment.BaseAddress?.Port },
        };
        if (attempt.ResponseModel is { } answered) labels.Add(GenAi.ResponseModel, answered);

        if (attempt.Usage is { } usage)
        {
            var counted = labels;
            if (usage.IsEstimated) counted.Add(GenAi.UsageEstimated, true);
            RecordTokens(usage.Input, "input", counted);
            RecordTokens(usage.Output, "output", counted);
        }

        if (attempt.TimeToFirstToken is { } first) GatewayInstruments.AttemptFirstChunk.Record(first.TotalSeconds, labels);
        if (ErrorTypes.Of(attempt.Error) is { } error) labels.Add(GenAi.ErrorType, error);
        GatewayInstruments.AttemptDuration.Record(attempt.Duration.TotalSeconds, labels);
    }

    /// <summary>
    /// Behind a wildcard the client names the model. Once the provider has answered it, the name is one of the provider's; until then it may be anything.
    /// </summary>
    public static string ModelLabel(string model, Attempt attempt) => attempt.Error is null ? model : attempt.Deployment.UpstreamModel;

    private static void RecordTokens(long count, string type, TagList labels)
    {
        labels.Add(GenAi.TokenType, type);
        GatewayInstruments.TokenUsage.Record(count, labels);
    }
}
