using System.Net;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Turns;

public sealed class ThreadTurnsTests
{
    [Fact]
    public async Task A_second_message_waits_for_the_first_answer()
    {
        var goOn = new TaskCompletionSource();
        await using var host = await BackendHost.StartAsync(Answers.Pausing("answer", goOn.Task));
        using var first = await host.PostAsync(Calls.Create("one"));
        await using var events = first.EventsAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();
        var thread = events.Current.GetProperty("thread").Id();
        var second = host.StreamAsync(Calls.Add(thread, "two"));

        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        Assert.False(second.IsCompleted);
        Assert.Single(await host.ItemsAsync(thread));
        goOn.SetResult();
        await second.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["one", "answer", "two", "answer"], (await host.ItemsAsync(thread)).Select(item => item.Text()));
    }

    [Fact]
    public async Task A_message_that_waited_too_long_is_429_and_stores_nothing()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var host = await BackendHost.StartAsync(Answers.Pausing("answer"), time: time);
        using var first = await host.PostAsync(Calls.Create("one"));
        await using var events = first.EventsAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();
        var thread = events.Current.GetProperty("thread").Id();
        var second = host.PostAsync(Calls.Add(thread, "two"));
        while (!second.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        using var response = await second;
        await response.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter?.Delta);
        Assert.Single(await host.ItemsAsync(thread));
    }

    [Fact]
    public async Task No_more_than_a_few_wait()
    {
        var turns = new ThreadTurns(TimeProvider.System);
        var held = await turns.TryEnterAsync("thr", default);
        using var leaving = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 4).Select(_ => turns.TryEnterAsync("thr", leaving.Token)).ToList();

        Assert.Null(await turns.TryEnterAsync("thr", default));
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(waiting));
        held!.Dispose();
        using var next = await turns.TryEnterAsync("thr", default);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Deleting_a_thread_ends_the_answer_that_streams_in_it()
    {
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Once upon"));
        using var response = await host.PostAsync(Calls.Create("one"));
        await using var events = response.EventsAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();
        var thread = events.Current.GetProperty("thread").Id();
        await host.AskAsync("threads.delete", $$"""{"thread_id":"{{thread}}"}""");

        while (await events.MoveNextAsync())
            Assert.NotEqual("error", events.Current.Type());
        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Add(thread, "two"));
    }

    [Fact]
    public async Task A_stranger_s_delete_does_not_end_it()
    {
        var goOn = new TaskCompletionSource();
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Once upon", goOn.Task));
        using var response = await host.PostAsync(Calls.Create("one"));
        await using var events = response.EventsAsync().GetAsyncEnumerator();
        await events.MoveNextAsync();
        var thread = events.Current.GetProperty("thread").Id();
        await host.AskAsync("threads.delete", $$"""{"thread_id":"{{thread}}"}""", user: "mallory");
        goOn.SetResult();
        while (await events.MoveNextAsync())
        {
        }

        Assert.Equal(["one", "Once upon"], (await host.ItemsAsync(thread)).Select(item => item.Text()));
    }
}
