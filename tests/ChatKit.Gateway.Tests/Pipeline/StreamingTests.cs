using System.Diagnostics;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Streams in time: nothing is held back, nothing runs on for a client that has left.</summary>
public sealed class StreamingTests : GatewayTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Each_event_reaches_the_client_while_the_provider_is_still_thinking()
    {
        var steps = new SemaphoreSlim(0);
        Upstream.Then(async (_, http) =>
        {
            http.Response.ContentType = "text/event-stream";
            foreach (var word in (string[])["a", "b", "c"])
            {
                await http.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{word}\"}}}}]}}\n\n"));
                await http.Response.Body.FlushAsync();
                await steps.WaitAsync(Patience);
            }

            await http.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray());
        });
        using var response = await Gateway.ChatAsync(Streamed);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        foreach (var word in (string[])["a", "b", "c"])
        {
            Assert.Contains($"\"content\":\"{word}\"", await reader.ReadLineAsync().WaitAsync(Patience));
            Assert.Equal("", await reader.ReadLineAsync().WaitAsync(Patience));
            steps.Release();
        }

        Assert.Equal("data: [DONE]", await reader.ReadLineAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task The_head_of_the_answer_waits_for_the_first_content()
    {
        var go = new TaskCompletionSource();
        Upstream.Then(async (_, http) =>
        {
            var events = OpenAiReplies.Stream("content", "m", withUsage: false).ToArray();
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(events[0]));
            await http.Response.Body.FlushAsync();
            await go.Task;
            await http.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Concat(events[1..])));
        });
        var call = Gateway.ChatAsync(Streamed);
        await Upstream.NextRequestAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        Assert.False(call.IsCompleted);
        go.SetResult();
        using var response = await call;
        Assert.StartsWith("data: {\"id\"", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(Plain, 0)]
    [InlineData(Streamed, 0)]
    [InlineData(Streamed, 2)]
    public async Task A_client_that_leaves_ends_the_call_to_the_provider(string body, int words)
    {
        Upstream.Then(words == 0 ? Replies.Hang : OpenAiReplies.BrokenStream(words, SseEnd.Silence));
        using var client = new CancellationTokenSource();
        var call = Gateway.ChatAsync(body, client.Token);
        var request = await Upstream.NextRequestAsync();
        if (words > 0) _ = await (await call).Content.ReadAsStreamAsync();
        await client.CancelAsync();
        (words > 0 ? await call : null)?.Dispose();
        var left = Stopwatch.GetTimestamp();
        await request.Disconnected.WaitAsync(Patience);
        Assert.InRange(Stopwatch.GetElapsedTime(left), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await NextCallWorksAsync();
        Assert.DoesNotContain(Gateway.Logs.All, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_reads_slowly_slows_the_provider_down_instead_of_filling_memory()
    {
        var sent = 0L;
        Upstream.Then(async (_, http) =>
        {
            http.Response.ContentType = "text/event-stream";
            var chunk = System.Text.Encoding.UTF8.GetBytes($"data: {{\"choices\":[{{\"delta\":{{\"content\":\"{new string('x', 60_000)}\"}}}}]}}\n\n");
            for (var i = 0; i < 1000; i++)
            {
                await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                Interlocked.Add(ref sent, chunk.Length);
            }
        });
        using var response = await Gateway.ChatAsync(Streamed);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
        Assert.InRange(Interlocked.Read(ref sent), 60_000, 40_000_000);
    }

    [Fact]
    public async Task Two_hundred_streams_at_once_all_arrive_whole()
    {
        var text = string.Join(' ', Enumerable.Range(0, 40));
        var expected = string.Concat(OpenAiReplies.Stream(text, "gpt", withUsage: true).Where(e => !e.Contains("\"choices\":[]")));
        Upstream.Always = OpenAiReplies.Text(text, TimeSpan.FromMilliseconds(5));
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            using var response = await Gateway.ChatAsync(Streamed);
            return await response.Content.ReadAsStringAsync();
        }));
        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }
}
