using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>
/// Answers a thread: yields the protocol's events, one by one. What it yields is stored and sent for it; it may change the thread it is given. To fail with
/// words for the user it throws <see cref="ResponderException"/>; any other exception is told as a plain failure. Most assistants are easier written as an
/// <see cref="Assistant"/>; registered is either as a scoped <see cref="IResponder"/>, after <see cref="BackendServices.AddBackend"/>.
/// </summary>
public interface IResponder
{
    /// <summary>Answers the turn's message; or goes on, where it has none, because a client's tool or a form brought what was waited for.</summary>
    IAsyncEnumerable<ThreadEvent> RespondAsync(Turn turn, CancellationToken cancel);

    /// <summary>Answers an action with a stream. A responder that shows no widgets is never asked; one that does says what its buttons do.</summary>
    IAsyncEnumerable<ThreadEvent> ActAsync(Turn turn, SentAction action, CancellationToken cancel) => throw NotHandled();

    /// <summary>Answers an action at once. The item is sent and not stored: to keep it, save it by <see cref="Turn.SaveAsync"/>.</summary>
    /// <returns>The item as it looks now; null where nothing changed to see.</returns>
    Task<ThreadItem?> ActAtOnceAsync(Turn turn, SentAction action, CancellationToken cancel) => throw NotHandled();

    internal static ResponderException NotHandled() => new(new ErrorEvent(ErrorEvent.StreamError), "this assistant handles no actions");
}
