namespace ChatKit.Gateway.Providers.Mock;

/// <summary>
/// Answers for deployments with a <c>mock_response</c>, in OpenAI's dialect and without calling anybody; so all that follows, from the parsing of events
/// to the last flush, is the same as with a real provider. LiteLLM's names of errors make it fail on purpose
/// (https://docs.litellm.ai/docs/completion/mock_requests).
/// </summary>
internal sealed class MockUpstream(TimeProvider time) : IUpstream
{
    /// <summary>About the pace of a fast model.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    public ValueTask<UpstreamResponse> SendAsync(ModelCall call, UpstreamRequest request, CancellationToken cancellationToken)
    {
        var text = call.Deployment.MockResponse ?? "";
        var answer = new MockAnswer(text, call.UpstreamModel, time.GetUtcNow());
        UpstreamResponse response = text switch
        {
            "litellm.RateLimitError" => Error(429, "this is a mock rate limit error", "rate_limit_exceeded"),
            "litellm.ContextWindowExceededError" => Error(400, "this is a mock context window error", "context_length_exceeded"),
            "litellm.InternalServerError" => Error(500, "this is a mock internal server error", "server_error"),
            _ when call.Envelope.Stream => new MockResponse(200, "text/event-stream", answer.Events(), time, Pace),
            _ => new MockResponse(200, "application/json", [answer.Whole()], time, TimeSpan.Zero),
        };
        return ValueTask.FromResult(response);

        MockResponse Error(int status, string message, string code) =>
            new(status, "application/json", [MockAnswer.Error(message, code)], time, TimeSpan.Zero);
    }
}
