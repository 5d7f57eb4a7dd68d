using System.Text.Json;
using System.Text.Json.Nodes;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>The thread as its responder sees it. What is set here is saved and sent after the event that follows, or at the end of the turn.</summary>
public sealed class TurnThread
{
    private readonly ThreadRow _row;

    internal TurnThread(ThreadRow row) => _row = row;

    public string Id => _row.Id;

    /// <summary>Whose thread it is.</summary>
    public string UserId => _row.UserId;

    public string? Title
    {
        get => _row.Title ?? _row.GeneratedTitle;
        set => _row.Title = value;
    }

    /// <summary>A locked or closed thread takes no further messages.</summary>
    public ThreadStatus Status
    {
        get => _row.WireStatus();
        set => (_row.Status, _row.StatusReason) = value switch
        {
            LockedStatus locked => (ThreadRows.Locked, locked.Reason),
            ClosedStatus closed => (ThreadRows.Closed, closed.Reason),
            _ => (ThreadRows.Active, null),
        };
    }

    /// <summary>The hosts whose images the client may show; null: the client decides.</summary>
    public IReadOnlyList<string>? AllowedImageDomains
    {
        get => _row.ToWire().AllowedImageDomains;
        set => _row.AllowedImageDomains = value is null ? null : JsonSerializer.Serialize(value, Wire.Json.IReadOnlyListString);
    }

    /// <summary>The responder's own notes about the thread; no client sees them. A copy: set it to change it.</summary>
    public JsonObject Metadata
    {
        get => JsonNode.Parse(_row.Metadata)!.AsObject();
        set => _row.Metadata = value.ToJsonString();
    }
}
