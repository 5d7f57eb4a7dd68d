using System.Text.Json;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>
/// What an <see cref="Assistant"/> writes its answer with. Each call returns when its event is stored and sent, so a slow client slows the writer down; once the
/// user stopped the answer, it throws <see cref="OperationCanceledException"/>. A message, a workflow and an image end by themselves when the next thing to see
/// begins, or the answer ends.
/// </summary>
public sealed class AnswerWriter
{
    private readonly Turn _turn;
    private readonly AnswerSteps _steps;
    private Func<Task>? _endOpen;

    private AnswerWriter(Turn turn, AnswerSteps steps) => (_turn, _steps) = (turn, steps);

    /// <summary>The thread that is answered; its title, status and metadata may be set.</summary>
    public TurnThread Thread => _turn.Thread;

    /// <summary>The message to answer; null where the turn goes on without one.</summary>
    public UserMessage? Input => _turn.Input;

    internal TimeProvider Time => _turn.Time;

    /// <summary>Runs what writes an answer, and yields its events as a responder does.</summary>
    internal static IAsyncEnumerable<ThreadEvent> RunAsync(Turn turn, Func<AnswerWriter, CancellationToken, Task> write, CancellationToken cancel) =>
        AnswerSteps.RunAsync(
            async (steps, stop) =>
            {
                var answer = new AnswerWriter(turn, steps);
                await write(answer, stop);
                await answer.EndOpenAsync();
            },
            cancel);

    /// <summary>The newest items with the input among them, hidden ones too, oldest first.</summary>
    public async Task<IReadOnlyList<ThreadItem>> HistoryAsync(int count, CancellationToken cancel)
    {
        IReadOnlyList<ThreadItem> history = [];
        await _steps.DoAsync(async () => history = await _turn.HistoryAsync(count, cancel));
        return history;
    }

    /// <summary>Stores an item, in place of the one with its id where there is one, and sends nothing.</summary>
    public Task SaveAsync(ThreadItem item) => _steps.DoAsync(() => _turn.SaveAsync(item));

    /// <summary>Sends an event of the protocol as it is: a done item is stored, a replaced one saved, a removed one deleted.</summary>
    public Task SendAsync(ThreadEvent threadEvent) => _steps.SendAsync(threadEvent);

    /// <summary>Says a whole message, in Markdown.</summary>
    public async Task SayAsync(string markdown)
    {
        var message = await BeginMessageAsync();
        await message.WriteAsync(markdown);
        await message.EndAsync();
    }

    /// <summary>Says a message piece by piece, as a model streams it.</summary>
    public async Task SayAsync(IAsyncEnumerable<string> pieces, CancellationToken cancel)
    {
        var message = await BeginMessageAsync();
        await foreach (var piece in pieces.WithCancellation(cancel))
            await message.WriteAsync(piece);
        await message.EndAsync();
    }

    /// <summary>Begins a message. Nothing is sent until it has a word.</summary>
    public async Task<MessageWriter> BeginMessageAsync()
    {
        var message = new MessageWriter(this);
        await OpenAsync(message.EndAsync);
        return message;
    }

    /// <summary>Begins a list of steps that lead to the answer. One of <see cref="WorkflowKind.Reasoning"/> is seen at once, another with its first step.</summary>
    public async Task<WorkflowWriter> BeginWorkflowAsync(WorkflowKind kind = WorkflowKind.Custom)
    {
        var workflow = new WorkflowWriter(this, kind);
        await OpenAsync(() => workflow.EndAsync());
        await workflow.BeginAsync();
        return workflow;
    }

    /// <summary>Begins an image that is being made.</summary>
    public async Task<ImageWriter> BeginImageAsync()
    {
        var image = new ImageWriter(this);
        await OpenAsync(image.EndAsync);
        await SendAsync(new ItemAdded(image.Item));
        return image;
    }

    /// <summary>Shows a widget.</summary>
    /// <param name="widget">The widget.</param>
    /// <param name="copyText">What “copy” takes in its place.</param>
    public async Task<WidgetItem> ShowWidgetAsync(Widget widget, string? copyText = null)
    {
        await EndOpenAsync();
        var item = NewWidget(widget, copyText);
        await SendAsync(new ItemDone(item));
        return item;
    }

    /// <summary>
    /// Shows a widget that changes while it is shown. Of each state only what differs from the one before is sent: text that grows in a <c>Text</c> or <c>Markdown</c>
    /// with an <c>id</c> streams word by word.
    /// </summary>
    public async Task<WidgetItem?> ShowWidgetAsync(IAsyncEnumerable<Widget> states, string? copyText, CancellationToken cancel)
    {
        await EndOpenAsync();
        WidgetItem? shown = null;
        await foreach (var state in states.WithCancellation(cancel))
        {
            if (shown is null)
            {
                shown = NewWidget(state, copyText);
                await SendAsync(new ItemAdded(shown));
                continue;
            }

            foreach (var update in WidgetDiff.Between(shown.Widget, state))
                await SendAsync(new ItemUpdated(shown.Id, update));
            shown = shown with { Widget = state };
        }

        if (shown is not null)
            await SendAsync(new ItemDone(shown));
        return shown;
    }

    /// <summary>Shows an item of this thread anew, as it looks now, and stores it so.</summary>
    public Task ReplaceAsync(ThreadItem item) => SendAsync(new ItemReplaced(item));

    /// <summary>Has the page that embeds the chat do something and say what came of it, which begins the next turn. This one ends here: the call does not return.</summary>
    public async Task CallClientToolAsync(string name, JsonElement arguments)
    {
        await EndOpenAsync();
        await SendAsync(new ItemDone(new ClientToolCall
        {
            Id = Ids.ClientToolCall(),
            ThreadId = Thread.Id,
            CreatedAt = Time.GetUtcNow(),
            Status = ToolCallStatus.Pending,
            CallId = Ids.ClientToolCall(),
            Name = name,
            Arguments = arguments,
        }));
    }

    /// <summary>Asks for answers in a form. They begin the next turn, and are then in the history.</summary>
    public async Task AskAsync(params IReadOnlyList<Question> questions)
    {
        await EndOpenAsync();
        await SendAsync(new ItemDone(new StructuredInput
        {
            Id = Ids.Message(),
            ThreadId = Thread.Id,
            CreatedAt = Time.GetUtcNow(),
            Status = StructuredInputStatus.Pending,
            Inputs = questions,
        }));
    }

    /// <summary>Tells the next turns something that nobody sees.</summary>
    public Task RememberAsync(string note) =>
        SendAsync(new ItemDone(new SdkHiddenContext { Id = Ids.HiddenContext(), ThreadId = Thread.Id, CreatedAt = Time.GetUtcNow(), Content = note }));

    /// <summary>A passing line such as “Searching …”, gone with the next thing to see.</summary>
    public Task ProgressAsync(string text, string? icon = null) => SendAsync(new ProgressUpdate(text, icon));

    /// <summary>A message beside the conversation, in Markdown; not stored.</summary>
    public Task NoticeAsync(NoticeLevel level, string message, string? title = null) => SendAsync(new Notice(level, message, title));

    /// <summary>Has the page that embeds the chat do something, with no answer expected.</summary>
    public Task EffectAsync(string name, JsonElement? data = null) => SendAsync(new ClientEffect(name, data));

    /// <summary>Ends what is begun and not ended.</summary>
    internal async Task EndOpenAsync()
    {
        if (Interlocked.Exchange(ref _endOpen, null) is { } end)
            await end();
    }

    private async Task OpenAsync(Func<Task> end)
    {
        await EndOpenAsync();
        _endOpen = end;
    }

    private WidgetItem NewWidget(Widget widget, string? copyText) =>
        new() { Id = Ids.Message(), ThreadId = Thread.Id, CreatedAt = Time.GetUtcNow(), Widget = widget, CopyText = copyText };
}
