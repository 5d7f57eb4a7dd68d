namespace ChatKit.Data.Chat;

/// <summary>
/// A job that a transaction asks for: inserted in the same transaction as its cause, so that no job is lost or ghosted. The backend inserts;
/// the worker alone writes the rest.
/// </summary>
public sealed class OutboxRow
{
    public required string Id { get; init; }

    /// <summary>The job's name, e.g. <c>thread-title</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Two rows of one kind and key are one job.</summary>
    public required string Key { get; init; }

    /// <summary>JSON arguments.</summary>
    public required string Payload { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>UTC; when the worker handed it to the scheduler. Null: waiting.</summary>
    public DateTime? EnqueuedAt { get; set; }

    /// <summary>UTC; null until the job ended well.</summary>
    public DateTime? CompletedAt { get; set; }

    /// <summary>UTC; set when the job gave up (dead letter).</summary>
    public DateTime? DeadAt { get; set; }

    /// <summary>Attempts that began.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; set; }
}
