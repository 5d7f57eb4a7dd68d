using System.Text.RegularExpressions;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Testing.Upstream;

namespace ChatKit.Gateway.Tests.Sdk;

/// <summary>What a fake provider does for a client that cannot script it: the question itself says. The other half is tests/sdk/gateway.mjs.</summary>
internal static partial class SdkScenario
{
    public const string Hello = "Hello from the provider. Grüße 😀";
    public const string SayHello = "say hello";
    public const string CountSlowly = "count slowly";
    public const string NeverAnswer = "never answer";
    public const string CallTheTools = "call the tools";
    public const string NameThePlace = "name the place";
    public const string Place = """{"city":"Paris","sights":["tower"]}""";
    public const string ToolsAnswered = "Sunny at noon.";

    /// <summary>The reply of this dialect to whatever is asked.</summary>
    public static Reply Of(Subject subject) => (request, http) => Choose(subject, request.BodyText)(request, http);

    private static Reply Choose(Subject subject, string body) =>
        Failure().Match(body) is { Success: true } failure ? subject.Failure(int.Parse(failure.Groups[1].ValueSpan, null), "It went wrong.")
        : body.Contains(CountSlowly, StringComparison.Ordinal) ? subject.BrokenStream(2, SseEnd.Silence)
        : body.Contains(NeverAnswer, StringComparison.Ordinal) ? Replies.Hang
        : body.Contains(NameThePlace, StringComparison.Ordinal) ? Structured(subject, body)
        : !body.Contains(CallTheTools, StringComparison.Ordinal) ? subject.Text(Hello)
        : ToolResult().IsMatch(body) ? subject.Text(ToolsAnswered)
        : subject.ToolCalls;

    /// <summary>JSON as text, or by the tool that a model without structured output has to call.</summary>
    private static Reply Structured(Subject subject, string body) =>
        body.Contains("\"json_tool_call\"", StringComparison.Ordinal) ? AnthropicReplies.ToolCall("json_tool_call", Place) : subject.Text(Place);

    [GeneratedRegex(@"fail with (\d{3})")]
    private static partial Regex Failure();

    [GeneratedRegex("""
        "type":\s*"tool_result"|"role":\s*"tool"
        """)]
    private static partial Regex ToolResult();
}
