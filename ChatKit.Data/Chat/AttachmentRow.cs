namespace ChatKit.Data.Chat;

/// <summary>A file that a user adds to a message. One user owns it; once a message holds it, it belongs to that message's thread and goes with it.</summary>
public sealed class AttachmentRow
{
    /// <summary><c>atc_</c> + 24 random characters.</summary>
    public required string Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>Null until a message holds it.</summary>
    public string? ThreadId { get; set; }

    public required string Name { get; init; }

    /// <summary>What the client said that it is; once the bytes are here, what they are.</summary>
    public required string MimeType { get; set; }

    /// <summary>Bytes: announced first, then counted.</summary>
    public required long Size { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>UTC; null while the bytes are awaited.</summary>
    public DateTime? UploadedAt { get; set; }
}

/// <summary>The bytes of an attachment, in the database with the rest: one backup, and every replica sees them. Apart, so that no list reads them.</summary>
public sealed class AttachmentContentRow
{
    public required string AttachmentId { get; init; }

    public required byte[] Content { get; init; }
}
