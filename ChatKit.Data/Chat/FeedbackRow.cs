namespace ChatKit.Data.Chat;

/// <summary>What the thread's user thinks of one of its items; the latest word counts. Goes with the thread.</summary>
public sealed class FeedbackRow
{
    public required string ThreadId { get; init; }

    public required string ItemId { get; init; }

    /// <summary><c>positive</c> or <c>negative</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>UTC; when it was last given.</summary>
    public required DateTime GivenAt { get; set; }
}
