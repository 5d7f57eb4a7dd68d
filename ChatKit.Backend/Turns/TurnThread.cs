using System.Text.Json;
using System.Text.Json.Nodes;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>The thread as its responder sees it. What is set here is saved and sent after the event that follows, or at the end of the turn.</summary>
internal sealed class TurnThread(ThreadRow row)
{
    public string Id => row.Id;

    public string? Title
    {
        get => row.Title ?? row.GeneratedTitle;
        set => row.Title = value;
    }

    public ThreadStatus Status
    {
        get => row.WireStatus();
        set => (row.Status, row.StatusReason) = value switch
        {
            LockedStatus locked => (ThreadRows.Locked, locked.Reason),
            ClosedStatus closed => (ThreadRows.Closed, closed.Reason),
            _ => (ThreadRows.Active, null),
        };
    }

    public IReadOnlyList<string>? AllowedImageDomains
    {
        get => row.ToWire().AllowedImageDomains;
        set => row.AllowedImageDomains = value is null ? null : JsonSerializer.Serialize(value, Wire.Json.IReadOnlyListString);
    }

    /// <summary>The responder's own notes about the thread; no client sees them. A copy: set it to change it.</summary>
    public JsonObject Metadata
    {
        get => JsonNode.Parse(row.Metadata)!.AsObject();
        set => row.Metadata = value.ToJsonString();
    }
}
