using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>
/// Answers a thread: yields the protocol's events, one by one. What it yields is stored and sent for it; it may change the thread it is given. To fail with
/// words for the user it throws <see cref="ResponderException"/>; any other exception is told as a plain failure.
/// </summary>
internal interface IResponder
{
    IAsyncEnumerable<ThreadEvent> RespondAsync(Turn turn, CancellationToken cancel);
}
