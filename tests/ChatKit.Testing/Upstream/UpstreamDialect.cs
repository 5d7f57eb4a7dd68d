namespace ChatKit.Testing.Upstream;

/// <summary>What one kind of provider speaks: what it refuses, and what it says when the test did not script anything.</summary>
public abstract class UpstreamDialect
{
    /// <summary>The prefix that belongs to the base address, e.g. <c>/v1</c>.</summary>
    public abstract string BasePath { get; }

    /// <summary>The only key that is let in.</summary>
    public abstract string ApiKey { get; }

    /// <summary>An ordinary successful answer.</summary>
    public abstract Reply DefaultReply { get; }

    /// <summary>The longest body that is remembered; of a longer one only the length is.</summary>
    public int LongestKept { get; init; } = 64 * 1024 * 1024;

    /// <summary>The provider's refusal of a request that it would not accept; null where it would.</summary>
    public abstract Reply? Refuse(ReceivedRequest request);
}
