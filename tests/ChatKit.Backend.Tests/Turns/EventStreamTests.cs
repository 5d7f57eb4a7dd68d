using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Turns;

public sealed class EventStreamTests
{
    [Fact]
    public async Task Every_event_leaves_at_once()
    {
        var goOn = new TaskCompletionSource();
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Bon", goOn.Task));
        using var response = await host.PostAsync(Calls.Create("Hi"));
        await using var events = response.EventsAsync().GetAsyncEnumerator();

        // Six events were sent before the responder paused; each is here although nothing follows.
        for (var i = 0; i < 6; i++)
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("Bon", events.Current.Text());
        goOn.SetResult();

        Assert.True(await events.MoveNextAsync());
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Headers_keep_proxies_and_caches_from_holding_the_stream()
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("ok"));
        using var response = await host.PostAsync(Calls.Create("Hi"));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoCache);
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        Assert.Null(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Text_is_raw_utf8_on_one_line()
    {
        const string Text = "é — 🎉 \"quoted\" <b>&amp;</b>\nline \u2028 separator";
        await using var host = await BackendHost.StartAsync(Answers.Saying(Text));
        using var response = await host.PostAsync(Calls.Create("Hi"));
        var lines = new List<string>();
        await foreach (var line in response.LinesAsync())
            lines.Add(line);

        Assert.True(lines[^1].Contains("é — 🎉 \\\"quoted\\\" <b>&amp;</b>\\nline", StringComparison.Ordinal), lines[^1]);
        Assert.Equal(Text, System.Text.Json.JsonDocument.Parse(lines[^1]["data: ".Length..]).RootElement.GetProperty("item").Text());
    }

    [Fact]
    public async Task Silence_is_broken_by_a_comment_every_fifteen_seconds()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var goOn = new TaskCompletionSource();
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Bon", goOn.Task), time: time);
        using var response = await host.PostAsync(Calls.Create("Hi"));
        await using var lines = response.LinesAsync().GetAsyncEnumerator();
        for (var i = 0; i < 6; i++)
            await lines.MoveNextAsync();

        var beats = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var next = lines.MoveNextAsync().AsTask();
            time.Advance(EventStream.Silence - TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            Assert.False(next.IsCompleted);

            // The heartbeat's timer may still be on its way to be set when the clock moves: it is moved until the comment comes.
            while (!next.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }

            beats.Add(lines.Current);
        }

        goOn.SetResult();
        Assert.True(await lines.MoveNextAsync());
        Assert.All(beats, beat => Assert.StartsWith(":", beat, StringComparison.Ordinal));
        Assert.StartsWith("data: ", lines.Current, StringComparison.Ordinal);
    }
}
