using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Chat completion request → Converse request. What every model has goes into Bedrock's own members; what one family has goes to the model unread
/// (<see cref="ConverseFields"/>), and so does what neither OpenAI nor Bedrock knows. Bedrock's own members (<c>guardrailConfig</c>, <c>performanceConfig</c> …) are taken
/// from the client's request as they stand.
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
        if (ReasoningEfforts.Read(chat.Take("reasoning_effort"), out var effort) is { } wrongEffort) return wrongEffort;
        var bedrocks = Take(chat, OwnMembers);
        var modelFields = chat.Take("additionalModelRequestFields");
        if (_unsupported.Rest(chat, out var models) is { } unsupported) return unsupported;
        if (modelFields is { ValueKind: JsonValueKind.Object } given)
            foreach (var field in given.EnumerateObject())
                (models ??= [])[field.Name] = field.Value;

        if (Conversation.Read(chat.Messages, losses, out var conversation) is { } invalid) return invalid;
        var turns = new ConverseTurns(losses);
        if (turns.Translate(conversation) is { } notCarried) return notCarried;
        var tools = new ConverseToolTranslator(policy, _unsupported, losses) { Thinks = models?.ContainsKey("thinking") is true, HasToolTurns = turns.HasTools };
        if (tools.Translate(chat, structure?.Tool) is { } wrongTool) return wrongTool;
        var fields = new ConverseFields(model, policy, _unsupported, losses);
        if (fields.Translate(chat, effort, models ?? [], conversation, tools.ForcesTool) is { } wrongField) return wrongField;
        if (chat.ParallelToolCalls is false && tools.Config is { } config && fields.OneCallAtATime(config.ToolChoice) is { } notOne) return notOne;
        Person(chat);

        request = new ConverseRequest
        {
            Messages = turns.Turns,
            System = turns.System.Count > 0 ? turns.System : null,
            InferenceConfig = Inference(chat, fields),
            ToolConfig = tools.Config,
            ServiceTier = Tier(chat.ServiceTier),
            OutputConfig = structure?.Native is null && fields.Effort is null ? null : new OutputConfig { TextFormat = structure?.Native, Effort = fields.Effort },
            AdditionalModelRequestFields = fields.Fields.Count > 0 ? fields.Fields : null,
            Others = bedrocks,
        };
        return null;
    }

    private static Dictionary<string, JsonElement>? Take(ChatRequest chat, string[] names)
    {
        Dictionary<string, JsonElement>? taken = null;
        foreach (var name in names)
            if (chat.Take(name) is { } value)
                (taken ??= [])[name] = value;
        return taken;
    }

    /// <summary>Bedrock hears nothing of the caller's users.</summary>
    private void Person(ChatRequest chat)
    {
        if (chat.User is { Length: > 0 }) losses.Add("user");
        if (chat.SafetyIdentifier is { Length: > 0 }) losses.Add("safety_identifier");
    }

    /// <summary>Without a limit of the client's, the model's own holds.</summary>
    private static InferenceConfig? Inference(ChatRequest chat, ConverseFields fields)
    {
        var stop = chat.Stop?.Where(static sequence => sequence is { Length: > 0 }).ToList();
        var config = new InferenceConfig
        {
            MaxTokens = chat.MaxCompletionTokens ?? chat.MaxTokens,
            Temperature = fields.Temperature,
            TopP = fields.TopP,
            StopSequences = stop is { Count: > 0 } ? stop : null,
        };
        return config == new InferenceConfig() ? null : config;
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
