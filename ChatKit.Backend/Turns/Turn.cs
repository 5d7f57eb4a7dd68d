using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>What a responder is given: the thread, the message to answer (null when the turn goes on without one), and what was said before.</summary>
internal sealed class Turn(TurnThread thread, UserMessage? input, ItemStore items)
{
    public TurnThread Thread { get; } = thread;

    public UserMessage? Input { get; } = input;

    /// <summary>Stores an item, in place of the one with its id where there is one, and sends nothing: for what is not told by an event.</summary>
    public Task SaveAsync(ThreadItem item) => items.PutAsync(item);

    /// <summary>The newest items with the input among them, hidden ones too, oldest first.</summary>
    public Task<IReadOnlyList<ThreadItem>> HistoryAsync(int count, CancellationToken cancel) => items.NewestAsync(Thread.Id, count, cancel);
}
