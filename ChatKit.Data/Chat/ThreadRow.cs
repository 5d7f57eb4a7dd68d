namespace ChatKit.Data.Chat;

/// <summary>A conversation. One user owns it; everything below it is reached through it.</summary>
public sealed class ThreadRow
{
    /// <summary><c>thr_</c> + 24 random characters.</summary>
    public required string Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>UTC; orders the thread list. Written by the backend.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Set by the user (or by a responder). Written by the backend alone.</summary>
    public string? Title { get; set; }

    /// <summary>Made from the first exchange. Written by the worker alone, so a rename never races with it: <see cref="Title"/> wins.</summary>
    public string? GeneratedTitle { get; set; }

    /// <summary><c>active</c>, <c>locked</c> or <c>closed</c>. Written by the backend.</summary>
    public required string Status { get; set; }

    /// <summary>Why it is locked or closed.</summary>
    public string? StatusReason { get; set; }

    /// <summary>JSON array of host names; null where the responder set none.</summary>
    public string? AllowedImageDomains { get; set; }

    /// <summary>JSON object, private to the responder; never sent.</summary>
    public required string Metadata { get; set; }

    /// <summary>UTC; when something in it last changed. Written by the backend.</summary>
    public required DateTime UpdatedAt { get; set; }
}
