using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>
/// Turns a writer into a sequence: what is written waits until the reader has taken it and come back for more. So a writer goes no faster than its reader, and what
/// it wrote is stored when its call returns; work on the thread's items is done in between, when the reader does none.
/// </summary>
internal sealed class AnswerSteps
{
    private readonly Channel<Step> _steps = Channel.CreateUnbounded<Step>(new UnboundedChannelOptions { SingleReader = true });

    private AnswerSteps()
    {
    }

    public static async IAsyncEnumerable<ThreadEvent> RunAsync(
        Func<AnswerSteps, CancellationToken, Task> write, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var steps = new AnswerSteps();
        var writing = steps.WriteAsync(write, leaving.Token);
        Step? taken = null;
        try
        {
            await foreach (var step in steps._steps.Reader.ReadAllAsync(cancel))
            {
                taken = step;
                if (step.Event is { } threadEvent)
                    yield return threadEvent;
                await step.EndAsync();
                taken = null;
            }

            await writing;
        }
        finally
        {
            // The reader has left, or all is read: whoever still writes is told, and waited for.
            await leaving.CancelAsync();
            steps.Close();
            taken?.Drop();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns when the event is stored and sent. A writer whose reader has left is cancelled.</summary>
    public Task SendAsync(ThreadEvent threadEvent) => PutAsync(new Step(threadEvent, Work: null));

    /// <summary>Does work that must not run beside the reader's.</summary>
    public Task DoAsync(Func<Task> work) => PutAsync(new Step(Event: null, work));

    private async Task WriteAsync(Func<AnswerSteps, CancellationToken, Task> write, CancellationToken cancel)
    {
        try
        {
            await write(this, cancel);
        }
        finally
        {
            _steps.Writer.TryComplete();
        }
    }

    private Task PutAsync(Step step) =>
        _steps.Writer.TryWrite(step) ? step.Ended : Task.FromException(new OperationCanceledException("The answer is over."));

    private void Close()
    {
        _steps.Writer.TryComplete();
        while (_steps.Reader.TryRead(out var step))
            step.Drop();
    }

    private sealed record Step(ThreadEvent? Event, Func<Task>? Work)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public async Task EndAsync()
        {
            try
            {
                await (Work?.Invoke() ?? Task.CompletedTask);
                _ended.SetResult();
            }
            catch (Exception failure)
            {
                // The writer's to know: it asked for the work.
                _ended.SetException(failure);
            }
        }

        public void Drop() => _ended.TrySetCanceled();
    }
}
