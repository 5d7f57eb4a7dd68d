using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>The limits of time that are the provider's: what counts against which, and what does not.</summary>
public sealed class TimeoutTests : GatewayTest
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected override GatewaySettings Settings => base.Settings with { KeepAlive = TimeSpan.FromMilliseconds(50) };

    private protected override IEnumerable<Deployment> Deployments() =>
        [GatewayHost.At(Upstream), GatewayHost.At(Upstream, "idle") with { GroupName = "idle", Timeouts = CallTimeouts.Default with { Idle = Short } }];

    [Fact]
    public async Task Making_a_connection_has_a_limit_of_its_own_for_each_deployment()
    {
        await using var silent = RawUpstream.Silent();
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.At(silent.ApiBase.Replace("http:", "https:")) with { Timeouts = CallTimeouts.Default with { Connect = Short } });
        foreach (var body in (string[])[Plain, Streamed])
        {
            using var response = await gateway.ChatAsync(body).WaitAsync(Patience);
            var error = await ErrorAnswer.ReadAsync(response);
            Assert.Equal(502, error.Status);
            Assert.Contains("no connection could be made in time", error.Message);
        }
    }

    [Theory]
    [InlineData(Plain, null, null, "600")]
    [InlineData(Streamed, null, null, "600")]
    [InlineData(Plain, "x-litellm-timeout", "42.5", "42.5")]
    [InlineData(Streamed, "x-litellm-timeout", "42", "42")]
    [InlineData(Streamed, "x-litellm-stream-timeout", "7", "7")]
    [InlineData(Plain, "x-litellm-stream-timeout", "7", "600")]
    public async Task The_answer_says_which_limit_was_in_force(string body, string? header, string? value, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        if (header is not null) request.Headers.Add(header, value);
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(expected, response.Headers.GetValues("x-litellm-timeout").Single());
    }

    [Fact]
    public async Task A_first_token_that_is_late_is_somebody_elses_to_give()
    {
        Upstream.Then(Replies.Hang);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Streamed.Replace("\"stream\"", "\"num_retries\":1,\"stream\"")) };
        request.Headers.Add("x-litellm-stream-timeout", "0.5");
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Contains("upstream.", await response.Content.ReadAsStringAsync());
        Assert.Equal(2, Upstream.Requests.Count);
    }

    /// <summary>The client takes three times as long as the provider may.</summary>
    [Fact]
    public async Task A_client_that_reads_slowly_is_no_silence_of_the_provider()
    {
        const int Pieces = 400;
        var piece = $$$"""data: {"choices":[{"index":0,"delta":{"content":"{{{new string('x', 60_000)}}}"}}]}""" + "\n\n";
        Upstream.Then(Replies.Sse(Enumerable.Repeat(piece, Pieces).Append("data: [DONE]\n\n")));
        using var response = await Gateway.ChatAsync(Streamed.Replace("gpt", "idle"));
        await Task.Delay(Short * 3, TimeProvider.System);
        var whole = await response.Content.ReadAsStringAsync();
        Assert.EndsWith("data: [DONE]\n\n", whole);
        Assert.DoesNotContain("error", whole);
    }

    [Fact]
    public async Task A_stream_that_is_silent_is_kept_alive_with_comments()
    {
        var go = new TaskCompletionSource();
        Upstream.Then(async (_, http) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"u8.ToArray());
            await http.Response.Body.FlushAsync();
            await go.Task;
            await http.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray());
        });
        using var response = await Gateway.ChatAsync(Streamed);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new List<string?>();
        while (lines.Count(line => line is ": ping") < 3) lines.Add(await body.ReadLineAsync().WaitAsync(Patience));
        go.SetResult();
        while (lines[^1] is not "data: [DONE]") lines.Add(await body.ReadLineAsync().WaitAsync(Patience));
        Assert.All(lines.Skip(1).SkipLast(1), line => Assert.True(line is "" or ": ping", line));
    }

    [Fact]
    public async Task Before_the_answer_begins_silence_is_silence()
    {
        Upstream.Then(Replies.Hang);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Streamed) };
        request.Headers.Add("x-litellm-timeout", "0.5");
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(408, (await ErrorAnswer.ReadAsync(response)).Status);
    }
}
