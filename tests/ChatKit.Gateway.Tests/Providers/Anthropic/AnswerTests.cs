using System.Buffers;
using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Anthropic;

/// <summary>Whole answers and error answers.</summary>
public sealed class AnswerTests
{
    private const string Golden1 = "tests/ChatKit.Gateway.Tests/Providers/Anthropic/Golden/completion.json";

    private readonly AnthropicProvider _provider = new(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)));

    [Fact]
    public void A_full_answer_becomes_the_golden_one()
    {
        var (error, output, facts) = Read(
            """
            {"id":"msg_013Zva2CMHLNnXjNJJKqJ2EF","type":"message","role":"assistant","model":"claude-sonnet-4-6-20260101","content":[
            {"type":"thinking","thinking":"A greeting. ","signature":"EqQBCg=="},{"type":"redacted_thinking","data":"EmwKAhgB"},
            {"type":"text","text":"Hi! My name is Claude","citations":null},{"type":"hologram","beams":3},{"type":"text","text":" 😀 <&>."}],
            "stop_reason":"stop_sequence","stop_sequence":"END","stop_details":null,"container":null,"usage":{"input_tokens":2095,
            "cache_creation_input_tokens":100,"cache_read_input_tokens":1000,"output_tokens":503,"output_tokens_details":{"thinking_tokens":400},
            "service_tier":"standard","server_tool_use":null}}
            """);

        Assert.Null(error);
        Golden.Matches(Golden1, Calls.Pretty(Encoding.UTF8.GetBytes(output)));
        Assert.Equal(new AnswerFacts(new TokenUsage(3195, 503, 1000, 100, 400), "msg_013Zva2CMHLNnXjNJJKqJ2EF", "claude-sonnet-4-6-20260101", "stop"), facts);
    }

    [Theory]
    [InlineData("end_turn", "stop", false)]
    [InlineData("stop_sequence", "stop", true)]
    [InlineData("pause_turn", "stop", true)]
    [InlineData("max_tokens", "length", false)]
    [InlineData("model_context_window_exceeded", "length", true)]
    [InlineData("tool_use", "tool_calls", false)]
    [InlineData("refusal", "content_filter", false)]
    [InlineData("something_new", "stop", true)]
    public void A_stop_reason_becomes_a_finish_reason_and_is_named_where_that_says_less(string stopReason, string finishReason, bool named)
    {
        var (_, output, facts) = Read($$"""{"id":"msg_1","type":"message","content":[],"stop_reason":"{{stopReason}}","usage":{"input_tokens":1,"output_tokens":2} }""");

        Assert.Equal(finishReason, facts.FinishReason);
        Assert.Contains($"\"finish_reason\":\"{finishReason}\"", output, StringComparison.Ordinal);
        Assert.Equal(named, output.Contains($"\"stop_reason\":\"{stopReason}\"", StringComparison.Ordinal));
        Assert.Contains("\"content\":\"\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"id":"msg_1","type":"message","content":[{"type":"text","te""")]
    [InlineData("""{"id":"msg_1","type":"message"}""")]
    [InlineData("""{"type":"message","content":[]}""")]
    [InlineData("""{"id":"x","object":"chat.completion","choices":[]}""")]
    [InlineData("""{"id":"msg_1","type":"message","content":"Hi"}""")]
    public void An_answer_that_is_not_a_message_fails(string body)
    {
        var (error, output, _) = Read(body);

        Assert.Equal((502, ErrorOrigin.UpstreamTransport, ""), (error!.Status, error.Origin, output));
    }

    [Fact]
    public void An_error_in_a_success_has_the_status_of_its_type()
    {
        var (error, _, _) = Read("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""");

        Assert.Equal(new GatewayError(503, "overloaded_error", "Overloaded") { Origin = ErrorOrigin.UpstreamStatus }, error);
    }

    [Theory]
    [InlineData(400, "invalid_request_error", 400)]
    [InlineData(401, "authentication_error", 401)]
    [InlineData(402, "billing_error", 402)]
    [InlineData(403, "permission_error", 403)]
    [InlineData(404, "not_found_error", 404)]
    [InlineData(413, "request_too_large", 413)]
    [InlineData(429, "rate_limit_error", 429)]
    [InlineData(500, "api_error", 500)]
    [InlineData(504, "timeout_error", 504)]
    [InlineData(529, "overloaded_error", 503)]
    public void An_error_keeps_its_status_class_type_and_message(int status, string type, int expected)
    {
        var error = Error(status, $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"What went wrong"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}""");

        Assert.Equal(new GatewayError(expected, type, "What went wrong") { Origin = ErrorOrigin.UpstreamStatus }, error);
    }

    [Theory]
    [InlineData("prompt is too long: 215000 tokens > 200000 maximum")]
    [InlineData("input length and `max_tokens` exceed context limit: 199000 + 20000 > 200000, decrease input length or `max_tokens` and try again")]
    public void A_prompt_that_is_too_long_is_recognised(string message) => Assert.Equal(
        "context_length_exceeded",
        Error(400, $$$"""{"type":"error","error":{"type":"invalid_request_error","message":"{{{message}}}"}}""").Code);

    [Theory]
    [InlineData("")]
    [InlineData("<html>internal-host-10-0-0-7</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"error":"internal-host-10-0-0-7"}""")]
    [InlineData("""{"type":"error","error":{"type":7,"message":"internal-host-10-0-0-7"}}""")]
    public void A_body_that_is_not_an_error_of_the_dialect_does_not_leak(string body)
    {
        var error = Error(500, body);

        Assert.Equal((500, "api_error", ErrorOrigin.UpstreamStatus), (error.Status, error.Type, error.Origin));
        Assert.DoesNotContain("internal-host", error.Message, StringComparison.Ordinal);
    }

    private GatewayError Error(int status, string body) => _provider.ReadError(Calls.Call("{}"), status, Encoding.UTF8.GetBytes(body));

    private (GatewayError? Error, string Output, AnswerFacts Facts) Read(string body)
    {
        var output = new ArrayBufferWriter<byte>();
        var error = _provider.ReadAnswer(Calls.Call("{}"), Encoding.UTF8.GetBytes(body), output, out var facts);
        return (error, Encoding.UTF8.GetString(output.WrittenSpan), facts);
    }
}
