using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>
/// An answer that a test writes by hand, step by step, while the page watches: nothing happens on the stream until the test says so, so
/// no test has to guess how long anything takes.
/// </summary>
public sealed class ScriptedAnswer
{
    private readonly Channel<Step> _steps = Channel.CreateUnbounded<Step>();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the page closes the stream before the answer ended.</summary>
    public Task ClientLeft => _left.Task.WaitAsync(TimeSpan.FromSeconds(20));

    internal ChannelReader<Step> Steps => _steps.Reader;

    /// <summary>The next words of the answer.</summary>
    public ScriptedAnswer Say(string words) => Then(new Step.Words(words));

    /// <summary>A line about what the server is doing before it writes.</summary>
    public ScriptedAnswer Progress(string text) => Then(new Step.Event(Wire.Progress(text)));

    /// <summary>Any event of the protocol, as JSON.</summary>
    public ScriptedAnswer Event(string json) => Then(new Step.Event(json));

    /// <summary>An item begins.</summary>
    public ScriptedAnswer Begin(JsonObject item) => Then(new Step.Item("thread.item.added", item));

    /// <summary>An update of an item, as the protocol has it.</summary>
    public ScriptedAnswer Update(string itemId, string update) => Event($$"""{"type":"thread.item.updated","item_id":"{{itemId}}","update":{{update}}}""");

    /// <summary>An item is complete, and stored.</summary>
    public ScriptedAnswer Put(JsonObject item) => Then(new Step.Item("thread.item.done", item));

    /// <summary>The thread gets its title while the stream still runs.</summary>
    public ScriptedAnswer Title(string title) => Then(new Step.Title(title));

    /// <summary>The answer is complete, and the stream closes.</summary>
    public void End() => Then(new Step.Done());

    /// <summary>An error event, then a clean end.</summary>
    public void Fail(string message, bool allowRetry) => Then(new Step.Failure(message, allowRetry));

    /// <summary>The connection breaks off.</summary>
    public void Drop() => Then(new Step.Cut());

    internal void MarkLeft() => _left.TrySetResult();

    private ScriptedAnswer Then(Step step)
    {
        _steps.Writer.TryWrite(step);
        return this;
    }

    internal abstract record Step
    {
        internal sealed record Words(string Text) : Step;

        internal sealed record Event(string Json) : Step;

        internal sealed record Item(string Type, JsonObject Body) : Step;

        internal sealed record Title(string Text) : Step;

        internal sealed record Done : Step;

        internal sealed record Failure(string Message, bool AllowRetry) : Step;

        internal sealed record Cut : Step;
    }
}
