using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline;

/// <summary>The limits of one attempt, once the client's wishes are laid over what is configured. A header beats the body, the body the file.</summary>
internal readonly record struct AttemptLimits(WaitLimit Begin, WaitLimit Idle, long LargestAnswer)
{
    public static AttemptLimits Of(GatewayCall call, Deployment deployment)
    {
        var (overrides, configured) = (call.Overrides, deployment.Timeouts);
        var wish = overrides.Timeout ?? call.Envelope.Timeout;
        return new AttemptLimits(
            call.Envelope.Stream
                ? new WaitLimit(overrides.StreamTimeout ?? wish ?? configured.FirstToken, "the first token")
                : new WaitLimit(wish ?? configured.Total, "its answer"),
            new WaitLimit(configured.Idle, "more of its answer"),
            call.Snapshot.Settings.MaxResponseBytes);
    }
}

/// <summary>How long to wait, and for what.</summary>
internal readonly record struct WaitLimit(TimeSpan Time, string For);
