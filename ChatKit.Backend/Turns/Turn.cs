using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>What a responder is given: the thread, the message to answer (null when the turn goes on without one), and what was said before.</summary>
public sealed class Turn
{
    private readonly ItemStore _items;

    internal Turn(TurnThread thread, UserMessage? input, ItemStore items, TimeProvider time) => (Thread, Input, _items, Time) = (thread, input, items, time);

    /// <summary>The thread that is answered.</summary>
    public TurnThread Thread { get; }

    /// <summary>The message to answer; null where a client's tool, a form or an action began the turn.</summary>
    public UserMessage? Input { get; }

    /// <summary>Dates the items of the answer.</summary>
    internal TimeProvider Time { get; }

    /// <summary>Stores an item, in place of the one with its id where there is one, and sends nothing: for what is not told by an event.</summary>
    public Task SaveAsync(ThreadItem item) => _items.PutAsync(item);

    /// <summary>The newest items with the input among them, hidden ones too, oldest first.</summary>
    public Task<IReadOnlyList<ThreadItem>> HistoryAsync(int count, CancellationToken cancel) => _items.NewestAsync(Thread.Id, count, cancel);
}
