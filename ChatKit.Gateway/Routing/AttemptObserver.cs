using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>
/// Learns from each attempt, by its fact alone: what the deployment's minute holds, how fast it answers, and whether it needs a rest. Not the client's
/// leaving, nor what this gateway refused to send, is held against a deployment.
/// </summary>
internal sealed partial class AttemptObserver(ISharedRoutingState others, ILogger<AttemptObserver> logger)
{
    /// <summary>Learns. True where the deployment is given a rest for it.</summary>
    public bool Observe(Attempt attempt, ModelGroup group, RoutingSettings settings)
    {
        var state = attempt.Deployment.State;
        var now = attempt.StartedAt + attempt.Duration;
        var tokens = attempt.Usage is { } usage ? usage.Input + usage.Output : 0;
        var isFailure = attempt.Error is { } error && CooldownPolicy.IsFailure(error);
        state.Minute.Add(now, new MinuteUsage(0, tokens, attempt.Error is null ? 1 : 0, isFailure ? 1 : 0));

        if (LatencySample.Of(attempt) is { } sample)
        {
            state.TimePerToken.Add(sample.At, sample.PerToken);
            if (sample.FirstToken is { } first) state.TimeToFirstToken.Add(sample.At, first);
        }

        var rests = isFailure && ObserveFailure(attempt, group, settings, now);
        others.Settled(attempt);
        return rests;
    }

    private bool ObserveFailure(Attempt attempt, ModelGroup group, RoutingSettings settings, DateTimeOffset now)
    {
        var (deployment, state) = (attempt.Deployment, attempt.Deployment.State);
        var cooldown = CooldownPolicy.Decide(
            attempt, group.Candidates.Count > 1, FallbackPolicy.HasFor(group, settings.Fallbacks), settings.Cooldowns, state.Minute.At(now));
        if (cooldown is null || !state.Cool(cooldown)) return false;
        Log.Cooled(logger, deployment.Id, group.Name, (cooldown.Until - now).TotalSeconds, cooldown.Reason);
        others.Cooled(deployment, cooldown);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Deployment} of {Group} gets no calls for {Seconds:0.#} s: {Reason}")]
        public static partial void Cooled(ILogger logger, string deployment, string group, double seconds, string reason);
    }
}
