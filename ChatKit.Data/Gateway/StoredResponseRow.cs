namespace ChatKit.Data.Gateway;

/// <summary>One answer of the gateway's Responses API, kept so that a client can ask for it again and go on from it.</summary>
public sealed class StoredResponseRow
{
    /// <summary>The id that the client knows: the provider's own where it answered in this API, else the gateway's.</summary>
    public required string Id { get; init; }

    /// <summary>Whose key made it; nobody else sees it.</summary>
    public required string Owner { get; init; }

    /// <summary>The answer that this one goes on from; null for the first of a conversation.</summary>
    public required string? PreviousId { get; init; }

    /// <summary>The first answer of the conversation: one query finds all of it.</summary>
    public required string RootId { get; init; }

    /// <summary>The deployment that keeps it too, under the same id; null where only this row has it.</summary>
    public required string? DeploymentId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The input items of this call alone: a JSON array.</summary>
    public required string Input { get; init; }

    /// <summary>The answer as the client got it: a JSON object.</summary>
    public required string Body { get; init; }
}
