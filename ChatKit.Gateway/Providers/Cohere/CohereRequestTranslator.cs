using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>
/// Chat completion request → Chat v2 request (https://docs.cohere.com/reference/chat). What has no counterpart refuses the call, or is named in the losses where
/// the answer is as right without it; what OpenAI does not know (<c>documents</c>, <c>safety_mode</c> …) is Cohere's own and travels as it came.
/// </summary>
internal sealed class CohereRequestTranslator(ParameterPolicy policy, ICollection<string> losses)
{
    /// <summary>The provider in errors.</summary>
    public const string Name = "Cohere";

    /// <summary>The schema of a function without parameters.</summary>
    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}"""u8);

    private readonly UnsupportedParameters _unsupported = new(Name, policy, losses);

    /// <summary>The Chat v2 request, or the reason why there is none.</summary>
    public GatewayError? Translate(ChatRequest chat, string model, bool stream, out CohereRequest? request)
    {
        request = null;
        if (Tools(chat.Tools, out var tools, out var strict) is { } wrongTool) return wrongTool;
        if (Choice(chat, ref tools, out var choice) is { } wrongChoice) return wrongChoice;
        if (Format(chat.Take("response_format"), out var format) is { } wrongFormat) return wrongFormat;
        if (Thinking(chat, out var thinking) is { } wrongThinking) return wrongThinking;
        if (new CohereMessages(losses).Translate(chat.Messages, out var messages) is { } wrongMessage) return wrongMessage;
        LeaveOutLabels(chat);
        var translated = new CohereRequest(model, messages)
        {
            Stream = stream ? true : null,
            MaxTokens = chat.MaxCompletionTokens ?? chat.MaxTokens,
            Temperature = chat.Temperature,
            P = chat.TopP,
            K = chat.Take("top_k"),
            StopSequences = chat.Stop is { Count: > 0 } stop ? stop : null,
            Seed = chat.Take("seed"),
            FrequencyPenalty = chat.Take("frequency_penalty"),
            PresencePenalty = chat.Take("presence_penalty"),
            ResponseFormat = format,
            Tools = tools.Count > 0 ? tools : null,
            ToolChoice = choice,
            StrictTools = strict ? true : null,
            Thinking = thinking,
        };
        if (_unsupported.Rest(chat, out var own) is { } unsupported) return unsupported;
        request = translated with { Others = own };
        return null;
    }

    /// <summary>Cohere takes all tools strictly or none (https://docs.cohere.com/docs/structured-outputs#structured-outputs-tools).</summary>
    private GatewayError? Tools(IReadOnlyList<ChatTool>? given, out List<CohereTool> tools, out bool strict)
    {
        tools = new List<CohereTool>(given?.Count ?? 0);
        strict = given is { Count: > 0 } && given.All(static tool => tool?.Function?.Strict is true);
        for (var i = 0; i < given?.Count; i++)
        {
            if (given[i]?.Type is not "function") return ChatRefusals.UnsupportedValue($"tools[{i}].type", $"A tool of type '{given[i]?.Type}' cannot be carried to {Name}.");
            if (given[i].Function is not { Name: { Length: > 0 } name } function) return ChatRefusals.Invalid($"tools[{i}].function.name", "A function needs a name.");
            if (function.Strict is true && !strict) losses.Add($"tools[{i}].function.strict");
            if (given[i].CacheControl is not null) losses.Add($"tools[{i}].cache_control");
            ChatParameters.LeaveOut(given[i].Others, $"tools[{i}]", losses);
            ChatParameters.LeaveOut(function.Others, $"tools[{i}].function", losses);
            tools.Add(new CohereTool("function", new CohereFunction(name, function.Description, function.Parameters is { ValueKind: JsonValueKind.Object } schema ? schema : NoParameters)));
        }

        return null;
    }

    /// <summary>One function that must be called is the only one that the model is shown.</summary>
    private GatewayError? Choice(ChatRequest chat, ref List<CohereTool> tools, out string? choice)
    {
        choice = null;
        if (ToolChoice.Read(chat.ToolChoice, out var asked) is { } wrong) return wrong;
        if (tools.Count == 0)
            return asked is { Mode: ToolMode.Required } ? ChatRefusals.Invalid("tool_choice", "'tool_choice' asks for a tool, and there are no 'tools'.") : null;
        if (chat.ParallelToolCalls is false && asked is not { Mode: ToolMode.None } && _unsupported.Decide("parallel_tool_calls") is { } refused) return refused;
        if (asked?.Tool is { } only)
        {
            tools = tools.FindAll(tool => tool.Function.Name == only);
            if (tools.Count == 0) return ChatRefusals.Invalid("tool_choice", $"'tool_choice' names the function '{only}', which is not among the 'tools'.");
        }

        choice = asked?.Mode switch
        {
            ToolMode.None => "NONE",
            ToolMode.Required => "REQUIRED",
            _ => null,
        };
        return null;
    }

    /// <summary>https://docs.cohere.com/docs/structured-outputs</summary>
    private static GatewayError? Format(JsonElement? given, out CohereFormat? format)
    {
        format = null;
        if (given is not { } asked) return null;
        var type = asked.ValueKind is JsonValueKind.Object && asked.TryGetProperty("type", out var kind) && kind.ValueKind is JsonValueKind.String ? kind.GetString() : null;
        switch (type)
        {
            case "text":
                return null;
            case "json_object":
                format = new CohereFormat("json_object", null);
                return null;
            case "json_schema" when asked.TryGetProperty("json_schema", out var named) && named.ValueKind is JsonValueKind.Object && named.TryGetProperty("schema", out var schema):
                format = new CohereFormat("json_object", schema);
                return null;
            default:
                return ChatRefusals.Invalid("response_format", "'response_format' is of type 'text', 'json_object', or 'json_schema' with a 'json_schema.schema'.");
        }
    }

    /// <summary>
    /// LiteLLM's <c>thinking</c> in Anthropic's form, or OpenAI's effort with the budgets that LiteLLM gives it (https://docs.litellm.ai/docs/reasoning_content);
    /// <c>high</c> is Cohere's own default, without a budget.
    /// </summary>
    private static GatewayError? Thinking(ChatRequest chat, out CohereThinking? thinking)
    {
        thinking = null;
        var (asked, effort) = (chat.Take("thinking"), chat.Take("reasoning_effort"));
        if (asked is { ValueKind: JsonValueKind.Object } form)
        {
            var isOff = form.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("disabled");
            thinking = new CohereThinking(isOff ? "disabled" : "enabled", Number(form, "budget_tokens") ?? Number(form, "token_budget"));
            return null;
        }

        if (effort is null) return null;
        thinking = (effort is { ValueKind: JsonValueKind.String } word ? word.GetString() : null) switch
        {
            "none" => new CohereThinking("disabled", null),
            "minimal" or "low" => new CohereThinking("enabled", 1024),
            "medium" => new CohereThinking("enabled", 2048),
            "high" or "xhigh" => new CohereThinking("enabled", null),
            _ => null,
        };
        return thinking is null ? ChatRefusals.Invalid("reasoning_effort", "'reasoning_effort' is 'none', 'minimal', 'low', 'medium', 'high' or 'xhigh'.") : null;
    }

    private void LeaveOutLabels(ChatRequest chat)
    {
        if (chat.User is { Length: > 0 }) losses.Add("user");
        if (chat.SafetyIdentifier is { Length: > 0 }) losses.Add("safety_identifier");
        if (chat.ServiceTier is not (null or "auto")) losses.Add("service_tier");
    }

    private static long? Number(JsonElement form, string name) =>
        form.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
