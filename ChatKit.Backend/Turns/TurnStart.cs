using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>A turn whose request is accepted: what it answers, and what the client is told before the answer. A turn may go on without a new message.</summary>
internal sealed record TurnStart(ThreadRow Thread, UserMessage? Input)
{
    /// <summary>What is answered in place of a message; null where no action is.</summary>
    public SentAction? Action { get; init; }

    /// <summary>The whole answer, where the request cannot be answered and the protocol has that said inside the stream.</summary>
    public ErrorEvent? Refusal { get; init; }

    /// <summary>Sent first; stored already.</summary>
    public IReadOnlyList<ThreadEvent> Opening { get; init; } = [];

    /// <summary>Sent once the turn is open, and stored like the answer's own events, which follow.</summary>
    public IReadOnlyList<ThreadEvent> Lead { get; init; } = [];
}
