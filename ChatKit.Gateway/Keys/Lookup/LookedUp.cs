namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>What is known of something that was asked for.</summary>
/// <param name="Found">Null where there is none, or nobody can tell.</param>
/// <param name="IsUnavailable">True where nobody can tell.</param>
internal readonly record struct LookedUp<T>(T? Found, bool IsUnavailable)
    where T : class
{
    public static LookedUp<T> Unavailable { get; } = new(null, IsUnavailable: true);
}

/// <summary>When something was read.</summary>
internal static class LookedUp
{
    /// <summary>Before the last change that is known of.</summary>
    public const long Old = long.MinValue;
}
