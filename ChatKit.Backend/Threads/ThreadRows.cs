using System.Text.Json;
using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Threads;

/// <summary>Between the table and the wire.</summary>
internal static class ThreadRows
{
    public const string Active = "active";
    public const string Locked = "locked";
    public const string Closed = "closed";

    /// <summary>The only way to a thread: there is none but one's own.</summary>
    public static IQueryable<ThreadRow> OwnedBy(this IQueryable<ThreadRow> threads, CurrentUser user)
    {
        var id = user.Id;
        return threads.Where(thread => thread.UserId == id);
    }

    public static ChatThread ToWire(this ThreadRow row, Page<ThreadItem>? items = null) => new(
        row.Id,
        row.CreatedAt,
        row.Title ?? row.GeneratedTitle,
        row.WireStatus(),
        row.AllowedImageDomains is { } domains ? JsonSerializer.Deserialize(domains, Wire.Json.IReadOnlyListString) : null,
        items ?? Page<ThreadItem>.Empty);

    public static ThreadStatus WireStatus(this ThreadRow row) => row.Status switch
    {
        Active => new ActiveStatus(),
        Locked => new LockedStatus(row.StatusReason),
        Closed => new ClosedStatus(row.StatusReason),
        _ => throw new InvalidOperationException($"Thread {row.Id} has the unknown status {row.Status}."),
    };
}
