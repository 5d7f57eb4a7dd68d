using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// OpenAI's Responses API beside its chat completions: it knows the answers that it gave, and refuses a <c>previous_response_id</c> that is not among them
/// (https://platform.openai.com/docs/api-reference/responses/create).
/// </summary>
public sealed class ResponsesDialect : UpstreamDialect
{
    private static readonly string[] Members =
    [
        "background", "conversation", "include", "input", "instructions", "max_output_tokens", "max_tool_calls", "metadata", "model", "parallel_tool_calls",
        "previous_response_id", "prompt", "prompt_cache_key", "prompt_cache_retention", "reasoning", "safety_identifier", "service_tier", "store", "stream",
        "stream_options", "temperature", "text", "tool_choice", "tools", "top_logprobs", "top_p", "truncation", "user",
    ];

    private readonly OpenAiDialect _chat = new();

    public override string BasePath => "/v1";

    public override string ApiKey => OpenAiDialect.Key;

    public override Reply DefaultReply => ResponsesReplies.Text("Hello from the fake upstream.");

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path != "/v1/responses") return _chat.Refuse(request);
        if (request.Method != "POST") return OpenAiReplies.Error(405, $"Not allowed to {request.Method} on {request.Path}.", "invalid_request_error");
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {ApiKey}") return OpenAiReplies.Error(401, "Incorrect API key provided.", "invalid_request_error", code: "invalid_api_key");
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return Refuse(body.RootElement);
        }
        catch (JsonException)
        {
            return OpenAiReplies.Error(400, "We could not parse the JSON body of your request.", "invalid_request_error");
        }
    }

    private static Reply? Refuse(JsonElement body)
    {
        foreach (var member in body.EnumerateObject())
            if (!Members.Contains(member.Name))
                return OpenAiReplies.Error(400, $"Unknown parameter: '{member.Name}'.", "invalid_request_error", member.Name, "unknown_parameter");
        if (!body.TryGetProperty("model", out _)) return OpenAiReplies.Error(400, "Missing required parameter: 'model'.", "invalid_request_error", "model");
        return body.TryGetProperty("previous_response_id", out var previous) && previous.ValueKind is JsonValueKind.String && !ResponsesReplies.Gave(previous.GetString()!)
            ? OpenAiReplies.Error(400, $"Previous response with id '{previous}' not found.", "invalid_request_error", "previous_response_id", "previous_response_not_found")
            : null;
    }
}
