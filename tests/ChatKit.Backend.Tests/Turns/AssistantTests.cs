using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatKit.Backend.Tests.Turns;

public sealed class AssistantTests
{
    [Fact]
    public async Task What_is_begun_and_not_ended_is_ended_by_what_follows_and_by_the_end()
    {
        var events = await AnswerAsync(async (answer, _) =>
        {
            var thinking = await answer.BeginWorkflowAsync(WorkflowKind.Reasoning);
            await thinking.AddAsync(new ThoughtTask { Content = "Hm." });
            var message = await answer.BeginMessageAsync();
            await message.WriteAsync("Yes");
            await message.CiteAsync(new FileSource { Title = "a.txt", Filename = "a.txt" });
        });

        Assert.Equal(
            [
                "thread.item.added workflow", "workflow.task.added", "thread.item.done workflow", "thread.item.added assistant_message",
                "assistant_message.content_part.added", "assistant_message.content_part.text_delta", "assistant_message.content_part.annotation_added",
                "assistant_message.content_part.done", "thread.item.done assistant_message",
            ],
            events.Skip(3).Select(Shape));
        Assert.Equal("""[{"type":"annotation","source":{"type":"file","filename":"a.txt","title":"a.txt"},"index":3}]""", events[^1].GetProperty("item").GetProperty("content")[0].GetProperty("annotations").GetRawText());
        Assert.Equal("""{"duration":0}""", events[5].GetProperty("item").GetProperty("workflow").GetProperty("summary").GetRawText());
    }

    [Fact]
    public async Task A_widget_that_grows_sends_only_what_is_new()
    {
        var events = await AnswerAsync((answer, cancel) => answer.ShowWidgetAsync(States().ToAsyncEnumerable(), copyText: null, cancel));

        Assert.Equal(
            ["thread.item.added widget", "widget.streaming_text.value_delta", "widget.root.updated", "thread.item.done widget"],
            events.Skip(3).Select(Shape));
        Assert.Equal("""{"type":"Card","children":[{"type":"Text","id":"t","value":"other"}]}""", events[^1].GetProperty("item").GetProperty("widget").GetRawText());

        static IEnumerable<Widget> States() =>
            new[] { "one", "one two", "other" }.Select(text => Widget.Parse($$"""{"type":"Card","children":[{"type":"Text","id":"t","value":"{{text}}"}]}"""));
    }

    [Fact]
    public async Task Many_tasks_may_write_at_once_and_nothing_is_lost()
    {
        var events = await AnswerAsync(async (answer, _) =>
        {
            var workflow = await answer.BeginWorkflowAsync();
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                var step = await workflow.AddAsync(new CustomTask { Title = $"{i}", StatusIndicator = TaskStatusIndicator.Loading });
                await Task.Yield();
                await step.UpdateAsync(step.Task with { StatusIndicator = TaskStatusIndicator.Complete });
            }));
        });

        var tasks = events[^1].GetProperty("item").GetProperty("workflow").GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}").Order(), tasks.Select(task => task.GetProperty("title").GetString()!).Order());
        Assert.All(tasks, task => Assert.Equal("complete", task.GetProperty("status_indicator").GetString()));
    }

    [Fact]
    public async Task A_stop_cancels_the_writer_and_keeps_what_it_wrote()
    {
        var cancelled = new TaskCompletionSource();
        await using var host = await BackendHost.StartAsync(new Written(async (answer, cancel) =>
        {
            cancel.Register(() => cancelled.TrySetResult());
            var message = await answer.BeginMessageAsync();
            await message.WriteAsync("Once upon");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }));
        var thread = await TurnTests.LeaveAsync(host, Calls.Create("A story"), after: 6);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await using var database = host.Database.Open();
        Assert.Equal(
            ["user_message", "assistant_message", "sdk_hidden_context"],
            await database.Items.Where(item => item.ThreadId == thread).OrderBy(item => item.Sequence).Select(item => item.Type).ToListAsync());
        Assert.Empty(host.Logs.At(LogLevel.Warning));
    }

    [Fact]
    public async Task A_call_of_a_client_s_tool_ends_the_turn()
    {
        Exception? thrown = null;
        var events = await AnswerAsync(async (answer, _) =>
        {
            thrown = await Record.ExceptionAsync(async () =>
            {
                await answer.CallClientToolAsync("look", JsonDocument.Parse("""{"at":null}""").RootElement);
                await answer.SayAsync("too late");
            });
        });

        Assert.Equal("""{"at":null}""", events[^1].GetProperty("item").GetProperty("arguments").GetRawText());
        Assert.IsAssignableFrom<OperationCanceledException>(thrown);
    }

    [Fact]
    public async Task A_failure_with_words_reaches_the_user()
    {
        var events = await AnswerAsync((_, _) => throw new ResponderException("Out of tea.", allowRetry: false));

        Assert.Equal("""{"type":"error","code":"custom","message":"Out of tea.","allow_retry":false}""", events[^1].GetRawText());
    }

    [Fact]
    public async Task Storing_and_reading_go_between_the_events()
    {
        IReadOnlyList<ThreadItem> history = [];
        await AnswerAsync(async (answer, cancel) =>
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => answer.RememberAsync($"note {i}")));
            await answer.SaveAsync(new EndOfTurn { Id = "end", ThreadId = answer.Thread.Id, CreatedAt = default });
            history = await answer.HistoryAsync(100, cancel);
        });

        Assert.Equal(12, history.Count);
        Assert.IsType<UserMessage>(history[0]);
        Assert.IsType<EndOfTurn>(history[^1]);
    }

    private static async Task<IReadOnlyList<JsonElement>> AnswerAsync(Func<AnswerWriter, CancellationToken, Task> write)
    {
        await using var host = await BackendHost.StartAsync(new Written(write));
        return await host.StreamAsync(Calls.Create("Hi"));
    }

    /// <summary>The event's type, with its item's or its update's.</summary>
    private static string Shape(JsonElement one) =>
        one.TryGetProperty("update", out var update) ? update.Type() : $"{one.Type()} {one.GetProperty("item").Type()}";

    private sealed class Written(Func<AnswerWriter, CancellationToken, Task> write) : Assistant
    {
        protected override Task AnswerAsync(AnswerWriter answer, CancellationToken cancel) => write(answer, cancel);
    }
}
