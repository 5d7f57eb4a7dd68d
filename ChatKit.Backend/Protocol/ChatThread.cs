using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>A thread as clients see it. Its metadata belongs to the responder and never leaves the server: the wire always shows <c>{}</c>.</summary>
internal sealed record ChatThread(
    string Id,
    [property: JsonConverter(typeof(UtcInstantConverter))] DateTimeOffset CreatedAt,
    string? Title,
    ThreadStatus Status,
    IReadOnlyList<string>? AllowedImageDomains,
    Page<ThreadItem> Items)
{
    public EmptyObject Metadata { get; } = EmptyObject.Instance;
}

/// <summary>Whether a thread takes new messages.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ActiveStatus), "active")]
[JsonDerivedType(typeof(LockedStatus), "locked")]
[JsonDerivedType(typeof(ClosedStatus), "closed")]
public abstract record ThreadStatus;

public sealed record ActiveStatus : ThreadStatus;

/// <summary>No new messages for now; clients show the reason.</summary>
public sealed record LockedStatus(string? Reason = null) : ThreadStatus;

/// <summary>No new messages any more.</summary>
public sealed record ClosedStatus(string? Reason = null) : ThreadStatus;
