namespace ChatKit.Data.Chat;

/// <summary>A passage of an attached file, for search. Goes with the file. Written by the backend, when the file is first searched.</summary>
public sealed class FileChunkRow
{
    public required string AttachmentId { get; init; }

    /// <summary>Its place in the file, from 0.</summary>
    public required int Ordinal { get; init; }

    public required string Text { get; init; }

    /// <summary>What it means, as a vector of length one; null where no model embeds.</summary>
    public float[]? Embedding { get; init; }

    /// <summary>Whose vector it is: those of two models cannot be compared.</summary>
    public string? Model { get; init; }
}
