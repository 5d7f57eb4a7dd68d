using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline.Health;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Endpoints;

/// <summary>Reads how deployments do at the moment, for people to see.</summary>
internal sealed class LiveState(BackgroundHealthChecks checks, TimeProvider time)
{
    private const int Samples = 10;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public DeploymentStateWire Of(Deployment deployment)
    {
        var (state, now) = (deployment.State, time.GetUtcNow());
        var (minute, cooldown, health) = (state.Minute.At(now), state.CooldownAt(now), checks.Latest(deployment));
        return new DeploymentStateWire(state.InFlight, minute.Requests, minute.Tokens)
        {
            SuccessesThisMinute = minute.Successes,
            FailuresThisMinute = minute.Failures,
            SecondsPerToken = state.TimePerToken.Mean(Samples, now - Window),
            SecondsToFirstToken = state.TimeToFirstToken.Mean(Samples, now - Window),
            CoolingUntil = cooldown?.Until,
            CooldownReason = cooldown?.Reason,
            Healthy = health is null or { NotAsked: not null } ? null : health.IsHealthy,
            HealthError = health?.Error?.Message,
            Unavailable = deployment.Unavailable,
        };
    }

    public GroupStateWire Of(ModelGroup group)
    {
        var now = time.GetUtcNow();
        var minutes = group.Deployments.Select(deployment => deployment.State.Minute.At(now)).ToList();
        return new GroupStateWire(
            group.Deployments.Count,
            group.Deployments.Count(deployment => deployment.Unavailable is null && deployment.State.CooldownAt(now) is null),
            group.Deployments.Sum(deployment => deployment.State.InFlight),
            minutes.Sum(minute => minute.Requests),
            minutes.Sum(minute => minute.Tokens));
    }
}
