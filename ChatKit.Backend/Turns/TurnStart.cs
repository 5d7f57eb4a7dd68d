using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>A turn whose request is accepted and stored: what it answers, and what the client is told before the answer.</summary>
internal sealed record TurnStart(ThreadRow Thread, UserMessage? Input, IReadOnlyList<ThreadEvent> Opening);
