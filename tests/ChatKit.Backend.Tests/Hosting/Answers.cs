using System.Runtime.CompilerServices;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>A responder written as a lambda, and the pieces that such lambdas are made of.</summary>
internal sealed class Answers(Func<Turn, CancellationToken, IAsyncEnumerable<ThreadEvent>> respond) : IResponder
{
    /// <summary>Says nothing.</summary>
    public static Answers Nothing { get; } = new((_, _) => AsyncEnumerable.Empty<ThreadEvent>());

    public IAsyncEnumerable<ThreadEvent> RespondAsync(Turn turn, CancellationToken cancel) => respond(turn, cancel);

    /// <summary>One complete message.</summary>
    public static Answers Saying(string text) => new((turn, _) => new ThreadEvent[] { new ItemDone(Message(turn, text)) }.ToAsyncEnumerable());

    /// <summary>Begins a message with this text, and then stays silent until it is cut or <paramref name="goOn"/> completes.</summary>
    public static Answers Pausing(string begun, Task? goOn = null) => new((turn, cancel) => PauseAsync(turn, begun, goOn, cancel));

    public static AssistantMessage Message(Turn turn, string text) => new()
    {
        Id = Ids.Message(),
        ThreadId = turn.Thread.Id,
        CreatedAt = TimeProvider.System.GetUtcNow(),
        Content = [new OutputText(text, [])],
    };

    private static async IAsyncEnumerable<ThreadEvent> PauseAsync(Turn turn, string begun, Task? goOn, [EnumeratorCancellation] CancellationToken cancel)
    {
        var message = Message(turn, begun);
        yield return new ItemAdded(message with { Content = [] });
        yield return new ItemUpdated(message.Id, new ContentPartAdded(0, OutputText.Blank));
        yield return new ItemUpdated(message.Id, new TextDelta(0, begun));
        await (goOn ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel)).WaitAsync(cancel);
        yield return new ItemDone(message);
    }
}
