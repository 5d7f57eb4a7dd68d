namespace ChatKit.Data.Chat;

/// <summary>One item of a thread (a message, a tool call, a widget …), stored as the protocol's JSON.</summary>
public sealed class ItemRow
{
    public required string ThreadId { get; init; }

    /// <summary>Unique within its thread; minted by the backend, or by a responder.</summary>
    public required string Id { get; init; }

    /// <summary>Orders the items of a thread: monotonic, given when the item was first stored.</summary>
    public required long Sequence { get; init; }

    /// <summary>The protocol's <c>type</c>, e.g. <c>user_message</c>.</summary>
    public required string Type { get; set; }

    /// <summary>Hidden items are for the model, never sent to a client.</summary>
    public required bool Hidden { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The whole item as the wire has it.</summary>
    public required string Body { get; set; }
}
