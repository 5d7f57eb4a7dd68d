using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>An action, and the widget that sent it; null where the page did.</summary>
public sealed record SentAction(WidgetAction Action, WidgetItem? Sender);
