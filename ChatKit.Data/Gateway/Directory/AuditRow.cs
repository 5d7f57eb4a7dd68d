namespace ChatKit.Data.Gateway.Directory;

/// <summary>One change that somebody with the right to do so made: who, what, before and after. Secrets are left out before it gets here.</summary>
public sealed class AuditRow
{
    public required string Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>The user, or what stands for the master key.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The hash of the key that was used; null for the master key.</summary>
    public string? ChangedByKey { get; init; }

    /// <summary><c>created</c>, <c>updated</c>, <c>deleted</c>, <c>blocked</c>, <c>unblocked</c>, <c>rotated</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What kind of thing it is: <c>key</c>, <c>team</c>, <c>user</c> …</summary>
    public required string Subject { get; init; }

    public required string SubjectId { get; init; }

    /// <summary>A JSON object; null for what did not exist.</summary>
    public string? Before { get; init; }

    /// <summary>A JSON object; null for what no longer exists.</summary>
    public string? After { get; init; }
}
