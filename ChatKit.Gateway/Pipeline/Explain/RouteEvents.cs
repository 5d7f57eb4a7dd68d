using System.Diagnostics;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Telemetry;

namespace ChatKit.Gateway.Pipeline.Explain;

/// <summary>The way of a call as events on its server span: one per choice, with who was passed over and why, and one per attempt.</summary>
internal static class RouteEvents
{
    /// <summary>The call's span, where somebody traces and this call is sampled.</summary>
    public static Activity? Span() =>
        GatewayInstruments.Source.HasListeners() && Activity.Current is { IsAllDataRequested: true, Recorded: true } span ? span : null;

    public static void Add(RouteTrace trace)
    {
        if (Span() is not { } span) return;
        foreach (var choice in trace.Choices) span.AddEvent(Of(choice));
        foreach (var attempt in trace.Attempts) span.AddEvent(Of(attempt));
    }

    private static ActivityEvent Of(RouteChoice choice) => new(GenAi.RouteChoice, tags: new ActivityTagsCollection
    {
        [GenAi.ModelGroup] = choice.Group,
        [GenAi.Deployment] = choice.Chosen?.Id,
        [GenAi.RouteReason] = choice.Reason,
        [GenAi.RoutePassedOver] = choice.Candidates.Where(candidate => candidate.PassedOver is not null).Select(candidate => $"{candidate.Deployment.Id}: {candidate.PassedOver}").ToArray(),
    });

    private static ActivityEvent Of(Attempt attempt) => new(GenAi.RouteAttempt, attempt.StartedAt + attempt.Duration, tags: new ActivityTagsCollection
    {
        [GenAi.AttemptNumber] = attempt.Number,
        [GenAi.Deployment] = attempt.Deployment.Id,
        [GenAi.RouteStatus] = attempt.Error?.Status ?? attempt.UpstreamStatus,
        [GenAi.ErrorType] = attempt.Error is { } error ? ErrorClass.Of(error) : null,
    });
}
