namespace ChatKit.Data.Chat;

/// <summary>A turn whose events are kept for a while, so that a client which lost its connection, or a second one, can follow it from any replica.</summary>
public sealed class TurnStreamRow
{
    public required string Id { get; init; }

    public required string ThreadId { get; init; }

    public required string UserId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>UTC; renewed by the process that runs the turn as long as it does.</summary>
    public required DateTime AliveAt { get; set; }

    /// <summary>UTC; null while the turn runs.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>How many events the turn had; known at its end.</summary>
    public long? Events { get; set; }

    /// <summary>Set by whichever replica was asked to stop the turn.</summary>
    public bool CancelRequested { get; set; }
}
