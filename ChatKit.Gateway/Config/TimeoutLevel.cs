using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// The time limits that one level of the file gives. A deployment's own stand above the router's, those above LiteLLM's global ones, those above
/// the defaults; a level that limits streams only by its general <c>timeout</c> means that for the first token too.
/// </summary>
internal sealed record TimeoutLevel(TimeSpan? Total, TimeSpan? FirstToken, TimeSpan? Idle, TimeSpan? Connect)
{
    public static IReadOnlyList<string> Keys { get; } = ["timeout", "stream_timeout", "ttft_timeout", "stream_idle_timeout", "connect_timeout", "request_timeout"];

    /// <param name="section">Where the level stands in the file.</param>
    /// <param name="totalKey"><c>timeout</c>, or <c>request_timeout</c> where LiteLLM calls it so.</param>
    public static TimeoutLevel Read(ConfigSection section, string totalKey)
    {
        var total = section.Seconds(totalKey);
        var stream = section.Seconds("stream_timeout");
        return new TimeoutLevel(total, section.Seconds("ttft_timeout") ?? stream ?? total, section.Seconds("stream_idle_timeout"), section.Seconds("connect_timeout"));
    }

    /// <summary>The limits that count, the first level being the strongest.</summary>
    public static CallTimeouts Resolve(params ReadOnlySpan<TimeoutLevel> levels)
    {
        var resolved = new TimeoutLevel(null, null, null, null);
        foreach (var level in levels)
        {
            resolved = new TimeoutLevel(
                resolved.Total ?? level.Total, resolved.FirstToken ?? level.FirstToken, resolved.Idle ?? level.Idle, resolved.Connect ?? level.Connect);
        }

        var defaults = CallTimeouts.Default;
        return defaults with
        {
            Total = resolved.Total ?? defaults.Total,
            FirstToken = resolved.FirstToken ?? defaults.FirstToken,
            Idle = resolved.Idle ?? defaults.Idle,
            Connect = resolved.Connect ?? defaults.Connect,
        };
    }
}
