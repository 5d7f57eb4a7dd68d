using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Mistral's chat completions (https://docs.mistral.ai/api): OpenAI's paths and errors, but a closed set of members, ids of tool calls in its own form, and a last turn
/// of the user's, of a tool's, or of the assistant's with <c>prefix</c>.
/// </summary>
public sealed partial class MistralDialect : UpstreamDialect
{
    private static readonly string[] Members =
        ["model", "messages", "temperature", "top_p", "max_tokens", "stream", "stop", "random_seed", "metadata", "response_format", "tools", "tool_choice", "presence_penalty",
         "frequency_penalty", "n", "prediction", "parallel_tool_calls", "reasoning_effort", "prompt_mode", "guardrails", "prompt_cache_key", "safe_prompt"];

    private readonly OpenAiDialect _openAi = new() { RefusesUnknownMembers = false };

    public override string BasePath => _openAi.BasePath;

    public override string ApiKey => _openAi.ApiKey;

    public override Reply DefaultReply => Text("Hello from the fake upstream.");

    /// <summary>This text; a stream ends with usage, asked for or not.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) =>
    {
        var model = request.Json.GetProperty("model").GetString()!;
        var streamed = request.Json.TryGetProperty("stream", out var stream) && stream.GetBoolean();
        return (streamed ? Replies.Sse(OpenAiReplies.Stream(text, model, withUsage: true), delay: delay) : Replies.Json(OpenAiReplies.Completion(text, model)))(request, http);
    };

    public override Reply? Refuse(ReceivedRequest request) => _openAi.Refuse(request) ?? Refuse(request.Json);

    private static Reply? Refuse(JsonElement body)
    {
        foreach (var member in body.EnumerateObject())
            if (!Members.Contains(member.Name))
                return Forbidden(member.Name);
        var last = "";
        foreach (var message in body.GetProperty("messages").EnumerateArray())
        {
            last = message.GetProperty("role").GetString()!;
            foreach (var member in message.EnumerateObject())
                if (!MembersOf(last).Contains(member.Name))
                    return Forbidden($"messages.{last}.{member.Name}");
            if (Ids(message).FirstOrDefault(static id => !Id().IsMatch(id)) is { } wrong)
                return Error(400, $"Tool call id was {wrong} but must be a-z, A-Z, 0-9, with a length of 9.", "invalid_function_call");
            if (message.TryGetProperty("prefix", out var prefix) && prefix.GetBoolean()) last = "prefix";
        }

        return last is "user" or "tool" or "prefix"
            ? null
            : Error(400, $"Expected last role User or Tool (or Assistant with prefix True) for serving but got {last}", "invalid_request_message_order");
    }

    private static string[] MembersOf(string role) => role switch
    {
        "assistant" => ["role", "content", "tool_calls", "prefix"],
        "tool" => ["role", "content", "tool_call_id", "name"],
        "system" or "user" => ["role", "content"],
        _ => [],
    };

    private static IEnumerable<string> Ids(JsonElement message)
    {
        if (message.TryGetProperty("tool_call_id", out var answered)) yield return answered.GetString()!;
        if (!message.TryGetProperty("tool_calls", out var calls) || calls.ValueKind is not JsonValueKind.Array) yield break;
        foreach (var call in calls.EnumerateArray()) yield return call.GetProperty("id").GetString()!;
    }

    private static Reply Forbidden(string member) =>
        Replies.Status(422, $$"""{"detail":[{"type":"extra_forbidden","loc":["body","{{member}}"],"msg":"Extra inputs are not permitted","input":null}]}""", "application/json");

    private static Reply Error(int status, string message, string type) =>
        Replies.Status(status, $$"""{"object":"error","message":"{{message}}","type":"{{type}}","param":null,"code":"3280","raw_status_code":{{status}}}""", "application/json");

    [GeneratedRegex("^[a-zA-Z0-9]{9}$")]
    private static partial Regex Id();
}
