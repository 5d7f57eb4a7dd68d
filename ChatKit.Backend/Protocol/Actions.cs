using System.Text.Json;

namespace ChatKit.Backend.Protocol;

/// <summary>What a button of a widget, or the embedding page, asks the server to do.</summary>
public sealed record WidgetAction(string Type, JsonElement? Payload = null);

/// <summary>For both kinds of action; <paramref name="ItemId"/> is the widget that sent it.</summary>
internal sealed record CustomActionParams(string ThreadId, WidgetAction Action, string? ItemId = null);

/// <summary>The answer to <c>threads.sync_custom_action</c>.</summary>
internal sealed record ActionAnswer(ThreadItem? UpdatedItem = null);
