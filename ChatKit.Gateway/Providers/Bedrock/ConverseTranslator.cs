using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Chat completion request → Converse request. What every model has goes into Bedrock's own members; what one family has (<c>top_k</c>, <c>thinking</c> …) into
/// <c>additionalModelRequestFields</c>, where anything unknown to OpenAI and to Bedrock goes too. Bedrock's own members (<c>guardrailConfig</c>,
/// <c>performanceConfig</c> …) are taken from the client's request as they stand.
/// </summary>
internal sealed class ConverseTranslator(BedrockModel model, ParameterPolicy policy, ICollection<string> losses)
{
    /// <summary>The provider in errors.</summary>
    public const string Name = "Bedrock";

    /// <summary>Members of Converse that no chat request has.</summary>
    private static readonly string[] OwnMembers =
        ["guardrailConfig", "performanceConfig", "promptVariables", "requestMetadata", "additionalModelResponseFieldPaths"];

    private readonly UnsupportedParameters _unsupported = new(Name, policy, losses);

    /// <summary>The Converse request, or the reason why there is none.</summary>
    public GatewayError? Translate(ChatRequest chat, out ConverseRequest? request)
    {
        request = null;
        if (ConverseStructure.Read(chat.Take("response_format"), model, out var structure) is { } wrongFormat) return wrongFormat;
        if (Fields(chat, out var fields, out var own, out var effort) is { } unsupported) return unsupported;
        if (Conversation.Read(chat.Messages, losses, out var conversation) is { } invalid) return invalid;
        var turns = new ConverseTurns(losses);
        if (turns.Translate(conversation) is { } notCarried) return notCarried;
        var tools = new ConverseToolTranslator(policy, _unsupported, losses) { Thinks = fields.ContainsKey("thinking"), HasToolTurns = turns.HasTools };
        if (tools.Translate(chat, structure?.Tool, out var toolConfig) is { } wrongTool) return wrongTool;
        if (Parallel(chat, toolConfig, fields) is { } notParallel) return notParallel;
        Person(chat);

        request = new ConverseRequest
        {
            Messages = turns.Turns,
            System = turns.System.Count > 0 ? turns.System : null,
            InferenceConfig = Inference(chat),
            ToolConfig = toolConfig,
            ServiceTier = Tier(chat.ServiceTier),
            OutputConfig = structure?.Native is null && effort is null ? null : new OutputConfig { TextFormat = structure?.Native, Effort = effort },
            AdditionalModelRequestFields = fields.Count > 0 ? fields : null,
            Others = own.Count > 0 ? own : null,
        };
        return null;
    }

    /// <summary>Sorts what is left of the request into the model's own parameters and Bedrock's.</summary>
    private GatewayError? Fields(ChatRequest chat, out Dictionary<string, JsonElement> fields, out Dictionary<string, JsonElement> own, out string? effort)
    {
        (fields, own, effort) = ([], [], null);
        foreach (var name in OwnMembers)
            if (chat.Take(name) is { } value)
                own[name] = value;
        if (chat.Take("additionalModelRequestFields") is { ValueKind: JsonValueKind.Object } given)
            foreach (var field in given.EnumerateObject())
                fields[field.Name] = field.Value;
        if (chat.Take("reasoning_effort") is { } asked && Reasoning(asked, fields, out effort) is { } unsupported) return unsupported;
        if (_unsupported.Rest(chat, out var rest) is { } refused) return refused;
        foreach (var (name, value) in rest ?? [])
        {
            if (name is "top_k" && model.IsNova) fields["inferenceConfig"] = JsonElement.Parse($$"""{"topK":{{value.GetRawText()}}}""");
            else fields.TryAdd(name, value);
        }

        return null;
    }

    /// <summary>Each family says it in its own words; the thinking budgets are LiteLLM's.</summary>
    private GatewayError? Reasoning(JsonElement asked, Dictionary<string, JsonElement> fields, out string? effort)
    {
        effort = null;
        var level = asked.ValueKind is JsonValueKind.String ? asked.GetString()! : "";
        if (level is not ("none" or "minimal" or "low" or "medium" or "high" or "xhigh" or "max"))
            return ChatRefusals.Invalid("reasoning_effort", "'reasoning_effort' is none, minimal, low, medium, high, xhigh or max.");
        if (model.IsGptOss) fields["reasoning_effort"] = asked;
        else if (!model.IsClaude) return _unsupported.Decide("reasoning_effort");
        else if (level is not "none")
            fields.TryAdd("thinking", JsonElement.Parse($$"""{"type":"enabled","budget_tokens":{{level switch { "minimal" or "low" => 1024, "medium" => 2048, _ => 4096 }}}}"""));
        return null;
    }

    /// <summary>Converse has no word for it; Claude's own reaches the model beside the choice that Converse makes.</summary>
    private GatewayError? Parallel(ChatRequest chat, ToolConfig? tools, Dictionary<string, JsonElement> fields)
    {
        if (chat.ParallelToolCalls is not false || tools is null) return null;
        if (!model.IsClaude) return _unsupported.Decide("parallel_tool_calls");
        var choice = tools.ToolChoice switch
        {
            { Tool.Name: { } name } => $$"""{"type":"tool","name":{{JsonEncodedName(name)}},"disable_parallel_tool_use":true}""",
            { Any: not null } => """{"type":"any","disable_parallel_tool_use":true}""",
            _ => """{"type":"auto","disable_parallel_tool_use":true}""",
        };
        fields.TryAdd("tool_choice", JsonElement.Parse(choice));
        return null;
    }

    private static string JsonEncodedName(string name) => System.Text.Encoding.UTF8.GetString(Wire.Json.JsonText.Quote(name));

    /// <summary>Bedrock hears nothing of the caller's users.</summary>
    private void Person(ChatRequest chat)
    {
        if (chat.User is { Length: > 0 }) losses.Add("user");
        if (chat.SafetyIdentifier is { Length: > 0 }) losses.Add("safety_identifier");
    }

    private InferenceConfig? Inference(ChatRequest chat)
    {
        var stop = chat.Stop?.Where(static sequence => sequence.Length > 0).ToList();
        var config = new InferenceConfig
        {
            MaxTokens = chat.MaxCompletionTokens ?? chat.MaxTokens,
            Temperature = Temperature(chat.Temperature),
            TopP = chat.TopP,
            StopSequences = stop is { Count: > 0 } ? stop : null,
        };
        return config == new InferenceConfig() ? null : config;
    }

    /// <summary>OpenAI's scale ends at 2, Bedrock's at 1.</summary>
    private decimal? Temperature(decimal? temperature)
    {
        if (temperature is not > 1) return temperature;
        losses.Add("temperature");
        return 1;
    }

    /// <summary>https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html</summary>
    private ServiceTier? Tier(string? tier)
    {
        if (tier is null or "auto") return null;
        if (tier is "default" or "priority" or "flex" or "reserved") return new ServiceTier(tier);
        losses.Add("service_tier");
        return null;
    }
}
