using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>One event of a streamed answer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ThreadCreated), "thread.created")]
[JsonDerivedType(typeof(ThreadUpdated), "thread.updated")]
[JsonDerivedType(typeof(ItemAdded), "thread.item.added")]
[JsonDerivedType(typeof(ItemUpdated), "thread.item.updated")]
[JsonDerivedType(typeof(ItemDone), "thread.item.done")]
[JsonDerivedType(typeof(ItemReplaced), "thread.item.replaced")]
[JsonDerivedType(typeof(ItemRemoved), "thread.item.removed")]
[JsonDerivedType(typeof(StreamOptionsEvent), "stream_options")]
[JsonDerivedType(typeof(ProgressUpdate), "progress_update")]
[JsonDerivedType(typeof(ClientEffect), "client_effect")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
public abstract record ThreadEvent
{
    private protected ThreadEvent()
    {
    }
}

internal sealed record ThreadCreated(ChatThread Thread) : ThreadEvent;

internal sealed record ThreadUpdated(ChatThread Thread) : ThreadEvent;

/// <summary>An item begins; nothing is stored until it is done.</summary>
public sealed record ItemAdded(ThreadItem Item) : ThreadEvent;

public sealed record ItemUpdated(string ItemId, ItemUpdate Update) : ThreadEvent;

/// <summary>An item is complete, and stored.</summary>
public sealed record ItemDone(ThreadItem Item) : ThreadEvent;

public sealed record ItemReplaced(ThreadItem Item) : ThreadEvent;

public sealed record ItemRemoved(string ItemId) : ThreadEvent;

internal sealed record StreamOptionsEvent(StreamOptions StreamOptions) : ThreadEvent;

internal sealed record StreamOptions(bool AllowCancel);

/// <summary>A passing line such as “Searching …”.</summary>
public sealed record ProgressUpdate(string Text, string? Icon = null) : ThreadEvent;

/// <summary>Something for the embedding page to do, with no answer expected.</summary>
public sealed record ClientEffect(string Name, JsonElement? Data = null) : ThreadEvent;

/// <summary>A message beside the conversation, in markdown.</summary>
public sealed record Notice(NoticeLevel Level, string Message, string? Title = null) : ThreadEvent;

[JsonConverter(typeof(SnakeCaseEnum<NoticeLevel>))]
public enum NoticeLevel
{
    Info,
    Warning,
    Danger,
}

/// <summary>The answer failed. <c>stream.error</c> says no more than that; <c>custom</c> carries a message written for the user.</summary>
public sealed record ErrorEvent(string Code, string? Message = null, bool AllowRetry = false) : ThreadEvent
{
    public const string StreamError = "stream.error";

    public const string Custom = "custom";
}
