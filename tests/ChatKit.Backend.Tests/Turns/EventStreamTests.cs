using System.Text;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using Microsoft.AspNetCore.Http;
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
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await using var stream = EventStream.Open(http, time);

        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal("", Sent(body));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(": still here\n\n", Sent(body));
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": still here\n\n", Sent(body));

        time.Advance(TimeSpan.FromSeconds(10));
        await stream.SendAsync(new ItemRemoved("x"), default);
        Assert.Equal("data: {\"type\":\"thread.item.removed\",\"item_id\":\"x\"}\n\n", Sent(body));
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal("", Sent(body));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(": still here\n\n", Sent(body));
    }

    /// <summary>What was sent since the last look.</summary>
    private static string Sent(MemoryStream body)
    {
        var text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        body.SetLength(0);
        return text;
    }
}
