using System.Net;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Conformance;

/// <summary>The cases in which the provider, the network or the client fails.</summary>
public abstract partial class ProviderCases
{
    [Theory]
    [InlineData(400, 400, "BadRequestError")]
    [InlineData(401, 401, "AuthenticationError")]
    [InlineData(403, 403, "PermissionDeniedError")]
    [InlineData(404, 404, "NotFoundError")]
    [InlineData(408, 408, "Timeout")]
    [InlineData(413, 413, "BadRequestError")]
    [InlineData(422, 422, "UnprocessableEntityError")]
    [InlineData(429, 429, "RateLimitError")]
    [InlineData(500, 500, "InternalServerError")]
    [InlineData(502, 502, "BadGatewayError")]
    [InlineData(503, 503, "ServiceUnavailableError")]
    [InlineData(504, 504, "InternalServerError")]
    [InlineData(529, 503, "ServiceUnavailableError")]
    [InlineData(302, 502, "BadGatewayError")]
    public async Task An_error(int given, int expected, string errorClass)
    {
        _upstream.Always = subject.Failure(given, $"It went wrong, {subject.Dialect.ApiKey}.");

        foreach (var body in (string[])[Hi, HiStreamed])
        {
            var error = await RefusedAsync(body, (HttpStatusCode)expected);
            Assert.StartsWith($"{errorClass}: ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Contains("It went wrong", error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal(subject.ErrorType, error.GetProperty("type").GetString());
        }
    }

    [Fact]
    public async Task A_rate_limit_says_how_long_to_wait()
    {
        _upstream.Then(subject.Failure(429, "Slow down.", ("retry-after", "17")));

        using var response = await _gateway.ChatAsync(Hi);

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(17)), (response.StatusCode, response.Headers.RetryAfter?.Delta));
    }

    [Theory]
    [InlineData("This model's maximum context length is 8192 tokens.")]
    [InlineData("prompt is too long: 215000 tokens > 200000 maximum")]
    public async Task A_prompt_that_is_too_long(string message)
    {
        _upstream.Then(subject.Failure(400, message));

        var error = await RefusedAsync(Hi, HttpStatusCode.BadRequest);

        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.StartsWith("ContextWindowExceededError: ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_page_of_a_proxy_does_not_leak()
    {
        _upstream.Then(Replies.HtmlError());

        var error = await RefusedAsync(Hi, HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("internal-host", error.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_answer()
    {
        _upstream.Then(Replies.EmptyOk, Replies.Json("<html>"), Replies.CutJson("""{"id":"x","type":"message","content":[{"type":"text","text":"cut"}]}""", keep: 40));

        for (var i = 0; i < 3; i++) await RefusedAsync(Hi, HttpStatusCode.BadGateway);

        Assert.Equal(3, _upstream.Requests.Count);
    }

    [Fact]
    public async Task An_error_in_a_stream_before_the_first_word_is_a_status()
    {
        _upstream.Then(subject.ErrorInStream(words: 0));

        using var response = await _gateway.ChatAsync(HiStreamed);

        Assert.InRange((int)response.StatusCode, 500, 503);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_error_in_a_stream_after_words_is_an_event()
    {
        _upstream.Then(subject.ErrorInStream(words: 2));

        var answer = await StreamAsync(HiStreamed);

        Assert.Equal(("one two", false), (answer.Text, answer.IsDone));
        Assert.NotNull(answer.Error);
    }

    [Theory]
    [InlineData(SseEnd.Close)]
    [InlineData(SseEnd.Cut)]
    public async Task A_stream_that_stops_short_never_looks_complete(SseEnd end)
    {
        _upstream.Then(subject.BrokenStream(3, end));

        var answer = await StreamAsync(HiStreamed);

        Assert.Equal(("one two three", false, null), (answer.Text, answer.IsDone, answer.FinishReason));
        Assert.Contains("APIConnectionError", answer.Error!.Value.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_a_stream_takes_the_upstream_along()
    {
        _upstream.Then(subject.BrokenStream(2, SseEnd.Silence));
        using var patience = new CancellationTokenSource();

        using (var response = await _gateway.ChatAsync(HiStreamed, patience.Token))
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            Assert.True(await body.ReadAsync(new byte[16], patience.Token) > 0);
        }

        await (await _upstream.NextRequestAsync()).Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_client_that_leaves_a_plain_call_takes_the_upstream_along()
    {
        _upstream.Then(Replies.Hang);
        using var patience = new CancellationTokenSource();
        var call = _gateway.ChatAsync(Hi, patience.Token);
        var request = await _upstream.NextRequestAsync();

        await patience.CancelAsync();

        await request.Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_passing_failure_is_tried_again()
    {
        await using var patient = await GatewayHost.StartAsync(new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 1 }, subject.At(_upstream));
        _upstream.Then(subject.Failure(529, "Overloaded"), subject.Text("Now."), subject.ErrorInStream(words: 0), subject.Text("Now too."));

        using var plain = await patient.ChatAsync(Hi);
        using var streamed = await patient.ChatAsync(HiStreamed);

        Assert.Contains("Now.", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Now too.", StreamedAnswer.Read(await streamed.Content.ReadAsStringAsync()).Text);
        Assert.Equal(4, _upstream.Requests.Count);
    }
}
