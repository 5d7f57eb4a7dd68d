namespace ChatKit.Backend.Protocol;

/// <summary>One page of a list. <see cref="After"/>, the last row's id, is there only when more follows.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Data, bool HasMore = false, string? After = null)
{
    public static readonly Page<T> Empty = new([]);
}
