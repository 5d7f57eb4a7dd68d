using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>
/// A responder that writes its answer step by step. All it must do is <see cref="AnswerAsync"/>; what it begins and does not end (a message, a workflow) is ended for
/// it when it returns. The token is cancelled when the user stops the answer: what was written is kept.
/// <code>
/// internal sealed class Parrot : Assistant
/// {
///     protected override Task AnswerAsync(AnswerWriter answer, CancellationToken cancel) => answer.SayAsync("Hello!");
/// }
/// </code>
/// </summary>
public abstract class Assistant : IResponder
{
    IAsyncEnumerable<ThreadEvent> IResponder.RespondAsync(Turn turn, CancellationToken cancel) => AnswerWriter.RunAsync(turn, AnswerAsync, cancel);

    IAsyncEnumerable<ThreadEvent> IResponder.ActAsync(Turn turn, SentAction action, CancellationToken cancel) =>
        AnswerWriter.RunAsync(turn, (answer, stop) => ActAsync(answer, action, stop), cancel);

    /// <summary>
    /// Answers an action that its sender wants answered at once (<c>streaming: false</c>). The item is sent and not stored: to keep it, save it by
    /// <see cref="Turn.SaveAsync"/>.
    /// </summary>
    /// <returns>The item as it looks now; null where nothing changed to see.</returns>
    public virtual Task<ThreadItem?> ActAtOnceAsync(Turn turn, SentAction action, CancellationToken cancel) => throw IResponder.NotHandled();

    /// <summary>
    /// Answers <see cref="AnswerWriter.Input"/>. It is null where the turn goes on after a client's tool or a form: what these brought is in the
    /// <see cref="AnswerWriter.HistoryAsync">history</see>.
    /// </summary>
    protected abstract Task AnswerAsync(AnswerWriter answer, CancellationToken cancel);

    /// <summary>Answers what a button of a widget asks for.</summary>
    protected virtual Task ActAsync(AnswerWriter answer, SentAction action, CancellationToken cancel) => throw IResponder.NotHandled();
}
