using System.Text;
using ChatKit.Gateway.Errors;
using Xunit;

namespace ChatKit.Gateway.Tests.Errors;

/// <summary>The two failures that fallbacks look for, in the words of those who report them.</summary>
public sealed class RecognisedCodeTests
{
    [Theory]
    [InlineData("""{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""")]
    [InlineData("""{"object":"error","message":"Prompt contains 40000 tokens, too large for model with 32768 maximum context length","type":"invalid_request_error","code":3051}""")]
    [InlineData("""{"error":{"message":"Please reduce the length of the messages or completion.","type":"invalid_request_error","code":"context_length_exceeded"}}""")]
    [InlineData("""{"object":"error","message":"the request exceeds the available context size. try increasing the context size","code":400}""")]
    public void A_prompt_that_is_too_long(string body)
    {
        var error = OpenAiErrors.FromAnswer(400, Encoding.UTF8.GetBytes(body));

        Assert.Equal((true, false, "context_length_exceeded", "ContextWindowExceededError"), (error.IsContextWindow, error.IsContentPolicy, error.Code, ErrorClass.Of(error)));
    }

    [Theory]
    [InlineData("""{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400}}""", "content_filter")]
    [InlineData("""{"error":{"message":"Your request was rejected as a result of our safety system.","type":"image_generation_user_error","code":"content_policy_violation"}}""", "content_policy_violation")]
    [InlineData("""{"error":{"message":"Your request was rejected as a result of our safety system.","type":"user_error","code":null}}""", "content_policy_violation")]
    [InlineData("""{"error":{"message":"Invalid prompt: it was flagged as potentially violating our usage policy.","type":"invalid_request_error","code":"invalid_prompt"}}""", "content_policy_violation")]
    public void What_a_provider_will_not_hear(string body, string code)
    {
        var error = OpenAiErrors.FromAnswer(400, Encoding.UTF8.GetBytes(body));

        Assert.Equal((true, false, code, "ContentPolicyViolationError"), (error.IsContentPolicy, error.IsContextWindow, error.Code, ErrorClass.Of(error)));
    }

    [Fact]
    public void Anthropics_filter_too()
    {
        var error = AnthropicErrors.FromAnswer(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}"""u8);

        Assert.Equal((true, 400, "invalid_request_error"), (error.IsContentPolicy, error.Status, error.Type));
    }

    [Theory]
    [InlineData("""{"error":{"message":"Rate limit reached","type":"tokens","code":"rate_limit_exceeded"}}""", "rate_limit_exceeded")]
    [InlineData("""{"error":{"message":"No such thing"}}""", null)]
    public void Any_other_failure_keeps_its_code(string body, string? code)
    {
        var error = OpenAiErrors.FromAnswer(429, Encoding.UTF8.GetBytes(body));

        Assert.Equal((false, false, code), (error.IsContextWindow, error.IsContentPolicy, error.Code));
    }
}
