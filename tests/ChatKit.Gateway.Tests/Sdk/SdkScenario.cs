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
    public const string AnswerAsJson = "answer as json";
    public const string NameThePlace = "name the place";
    public const string Place = """{"city":"Paris","sights":["tower"]}""";
    public const string ToolsAnswered = "Sunny at noon.";

    /// <summary>The answer to <see cref="AnswerAsJson"/>.</summary>
    public const string Json = """{"city":"Paris","degrees":21.5}""";

    /// <summary>The reply of this dialect to whatever is asked.</summary>
    public static Reply Of(Subject subject) => Of(new SdkVoice(words => subject.Text(words), (status, message) => subject.Failure(status, message), subject.BrokenStream(2, SseEnd.Silence), subject.ToolCalls));

    /// <summary>The same in whichever words.</summary>
    public static Reply Of(SdkVoice voice) => (request, http) => Choose(voice, request.BodyText)(request, http);

    private static Reply Choose(SdkVoice voice, string body) =>
        Failure().Match(body) is { Success: true } failure ? voice.Failure(int.Parse(failure.Groups[1].ValueSpan, null), "It went wrong.")
        : body.Contains(CountSlowly, StringComparison.Ordinal) ? voice.OneTwo
        : body.Contains(NeverAnswer, StringComparison.Ordinal) ? Replies.Hang
        : body.Contains(NameThePlace, StringComparison.Ordinal) ? Structured(voice, body)
        : body.Contains(AnswerAsJson, StringComparison.Ordinal) ? voice.Text(Json)
        : !body.Contains(CallTheTools, StringComparison.Ordinal) ? voice.Text(Hello)
        : ToolResult().IsMatch(body) ? voice.Text(ToolsAnswered)
        : voice.ToolCalls;

    /// <summary>JSON as text, or by the tool that a model without structured output has to call.</summary>
    private static Reply Structured(SdkVoice voice, string body) =>
        body.Contains("\"json_tool_call\"", StringComparison.Ordinal) ? AnthropicReplies.ToolCall("json_tool_call", Place) : voice.Text(Place);

    [GeneratedRegex(@"fail with (\d{3})")]
    private static partial Regex Failure();

    [GeneratedRegex("""
        "type":\s*"tool_result"|"type":\s*"function_call_output"|"role":\s*"tool"|"functionResponse"
        """)]
    private static partial Regex ToolResult();
}

/// <summary>How one dialect says what a scenario needs said; <paramref name="OneTwo"/> is a stream of two words and then silence.</summary>
internal sealed record SdkVoice(Func<string, Reply> Text, Func<int, string, Reply> Failure, Reply OneTwo, Reply ToolCalls);
