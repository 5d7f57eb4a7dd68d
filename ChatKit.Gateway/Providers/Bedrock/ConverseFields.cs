using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// What one family of models has and Converse does not: into <c>additionalModelRequestFields</c>, which Bedrock hands on unread. For Claude the rules of its own API
/// hold, so its own translation decides about thinking and sampling.
/// </summary>
internal sealed class ConverseFields(BedrockModel model, ParameterPolicy policy, UnsupportedParameters unsupported, ICollection<string> losses)
{
    /// <summary>The fields, by name.</summary>
    public Dictionary<string, JsonElement> Fields { get; } = [];

    /// <summary><c>outputConfig.effort</c>.</summary>
    public string? Effort { get; private set; }

    public decimal? Temperature { get; private set; }

    public decimal? TopP { get; private set; }

    /// <param name="chat">The request.</param>
    /// <param name="effort">How much it is to be thought over.</param>
    /// <param name="own">Members that neither OpenAI nor Bedrock knows: the model's own.</param>
    /// <param name="conversation">May rule thinking out.</param>
    /// <param name="forcesTool">Rules it out too.</param>
    public GatewayError? Translate(ChatRequest chat, ReasoningEffort? effort, Dictionary<string, JsonElement> own, Conversation conversation, bool forcesTool)
    {
        if ((model.IsClaude ? Claude(chat, effort, own, conversation, forcesTool) : Other(chat, effort)) is { } refused) return refused;
        foreach (var (name, value) in own)
        {
            if (name is "top_k" && model.IsNova) Fields["inferenceConfig"] = JsonElement.Parse($$"""{"topK":{{value.GetRawText()}}}""");
            else Fields.TryAdd(name, value);
        }

        return null;
    }

    /// <summary>Converse has no word for one call at a time; Claude's own reaches the model beside the choice that Converse makes.</summary>
    public GatewayError? OneCallAtATime(ConverseToolChoice? choice)
    {
        if (!model.IsClaude) return unsupported.Decide("parallel_tool_calls");
        var (type, name) = choice switch
        {
            { Tool.Name: { } tool } => ("tool", $"\"name\":\"{JsonEncodedText.Encode(tool)}\","),
            { Any: not null } => ("any", ""),
            _ => ("auto", ""),
        };
        Fields.TryAdd("tool_choice", JsonElement.Parse($$"""{"type":"{{type}}",{{name}}"disable_parallel_tool_use":true}"""));
        return null;
    }

    private GatewayError? Claude(ChatRequest chat, ReasoningEffort? effort, Dictionary<string, JsonElement> own, Conversation conversation, bool forcesTool)
    {
        var claude = ClaudeModel.Of(model.Id);
        var thinking = new AnthropicThinking(claude, unsupported, losses);
        own.Remove("thinking", out var given);
        if (thinking.Translate(chat, given.ValueKind is JsonValueKind.Undefined ? null : given, effort, conversation, forcesTool) is { } refused) return refused;
        if (policy.Repairs) thinking.Repair(conversation);
        if (thinking.Config is { } config) Fields["thinking"] = config;
        Effort = thinking.Effort;
        var sampling = new AnthropicSampling(claude, losses);
        sampling.Translate(chat, thinking.IsOn, own);
        (Temperature, TopP) = (sampling.Temperature, sampling.TopP);
        return null;
    }

    /// <summary>OpenAI's scale of temperatures ends at 2, Bedrock's at 1.</summary>
    private GatewayError? Other(ChatRequest chat, ReasoningEffort? effort)
    {
        (Temperature, TopP) = (chat.Temperature, chat.TopP);
        if (Temperature is > 1)
        {
            losses.Add("temperature");
            Temperature = 1;
        }

        if (effort is not { } asked) return null;
        if (!model.IsGptOss) return unsupported.Decide("reasoning_effort");
        var level = asked switch { ReasoningEffort.None or ReasoningEffort.Minimal or ReasoningEffort.Low => "low", ReasoningEffort.Medium => "medium", _ => "high" };
        Fields["reasoning_effort"] = JsonElement.Parse($"\"{level}\"");
        return null;
    }
}
