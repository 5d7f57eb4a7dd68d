using System.Diagnostics;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Telemetry;

/// <summary>
/// What one upstream attempt tells: a CLIENT span below the call's server span, named <c>{operation} {model}</c>, and the client metrics. The span
/// says where the attempt went and, from its <see cref="Attempt"/>, what came of it. It stays with us: no trace header goes to a provider.
/// </summary>
internal readonly struct AttemptTelemetry
{
    private readonly string _operation;
    private readonly string _model;
    private readonly Activity? _span;

    private AttemptTelemetry(string operation, string model, Activity? span) => (_operation, _model, _span) = (operation, model, span);

    /// <summary>The span, where somebody traces and this call is sampled.</summary>
    public Activity? Span => _span is { IsAllDataRequested: true } ? _span : null;

    /// <summary>Opens the span.</summary>
    public static AttemptTelemetry Begin(string operation, Deployment deployment, string model, int number)
    {
        var span = GatewayInstruments.Source.HasListeners()
            ? GatewayInstruments.Source.StartActivity($"{operation} {model}", ActivityKind.Client)
            : null;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(GenAi.OperationName, operation);
            span.SetTag(GenAi.ProviderName, ProviderNames.Of(deployment.Provider));
            span.SetTag(GenAi.RequestModel, model);
            span.SetTag(GenAi.ModelGroup, deployment.GroupName);
            span.SetTag(GenAi.Deployment, deployment.Id);
            span.SetTag(GenAi.AttemptNumber, number);
            span.SetTag(GenAi.ServerAddress, deployment.BaseAddress?.Host);
            span.SetTag(GenAi.ServerPort, deployment.BaseAddress?.Port);
        }

        return new(operation, model, span);
    }

    /// <summary>Records what came of the attempt and closes the span.</summary>
    /// <param name="attempt">What came of it.</param>
    /// <param name="settled">And for whom; null where nobody asked for it.</param>
    public void Settle(Attempt attempt, Settlement? settled)
    {
        AttemptMetrics.Record(_operation, _model, attempt);
        if (_span is null) return;
        if (_span.IsAllDataRequested)
        {
            AttemptTags.Add(_span, attempt);
            if (settled is not null) AttemptTags.Add(_span, settled);
        }

        _span.Dispose();
    }
}
