namespace ChatKit.Gateway.Model;

/// <summary>
/// Time limits of one upstream attempt. <paramref name="Total"/> bounds a plain call as a whole; a stream has no total limit, but
/// <paramref name="FirstToken"/> bounds the wait for its first content and <paramref name="Idle"/> the silence between two events. <paramref name="Connect"/>
/// bounds the making of a connection, TLS included.
/// </summary>
internal sealed record CallTimeouts(TimeSpan Connect, TimeSpan Total, TimeSpan FirstToken, TimeSpan Idle)
{
    /// <summary>LiteLLM's <c>request_timeout</c> default of 600 s; ours for the rest.</summary>
    public static CallTimeouts Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(60));
}
