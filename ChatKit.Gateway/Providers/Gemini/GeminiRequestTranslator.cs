using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// Chat completion request → generateContent request (https://ai.google.dev/api/generate-content). What has no counterpart is decided about in one place
/// (<see cref="UnsupportedParameters"/>); what OpenAI does not know is Gemini's own (<see cref="GeminiOwn"/>).
/// </summary>
internal sealed class GeminiRequestTranslator(GeminiHost host, ParameterPolicy policy, ICollection<string> losses)
{
    /// <summary>The provider in errors.</summary>
    public const string Name = "Gemini";

    private readonly UnsupportedParameters _unsupported = new(Name, policy, losses);

    /// <summary>The request, or the reason why there is none.</summary>
    public GatewayError? Translate(ChatRequest chat, string modelName, out GenerateContentRequest? request)
    {
        request = null;
        var model = GeminiModel.Of(modelName);
        if (new GeminiSettings(model, _unsupported, losses).Read(chat, out var config) is { } wrongSetting) return wrongSetting;
        var tools = new GeminiTools(model, _unsupported, losses);
        if (tools.Read(chat) is { } wrongTool) return wrongTool;
        if (tools.Choose(chat, out var choice) is { } wrongChoice) return wrongChoice;
        if (_unsupported.Rest(chat, out var own) is { } unsupported) return unsupported;
        if (ServiceTier(chat.ServiceTier, out var tier) is { } wrongTier) return wrongTier;
        if ((chat.SafetyIdentifier ?? chat.User) is { Length: > 0 }) losses.Add(chat.SafetyIdentifier is null ? "user" : "safety_identifier");
        if (Conversation.Read(ThoughtSignature.Without(chat.Messages), losses, out var conversation) is { } invalid) return invalid;
        var turns = new GeminiTurns(chat.Messages!, model, host, losses);
        if (turns.Translate(conversation) is { } notCarried) return notCarried;

        request = GeminiOwn.Add(
            new GenerateContentRequest
            {
                SystemInstruction = turns.System,
                Contents = turns.Contents,
                Tools = tools.Tools,
                ToolConfig = choice,
                GenerationConfig = config,
                ServiceTier = tier,
            },
            own);
        return null;
    }

    /// <summary>https://ai.google.dev/gemini-api/docs/priority-inference, …/flex-inference; Vertex AI decides it by other means.</summary>
    private GatewayError? ServiceTier(string? tier, out string? own)
    {
        own = null;
        if (tier is null or "auto") return null;
        if (host is GeminiHost.Vertex)
        {
            if (tier is not "default") losses.Add("service_tier");
            return null;
        }

        own = tier is "default" ? "standard" : tier;
        return tier is "default" or "standard" or "flex" or "priority" ? null : _unsupported.DecideValue("service_tier", "'service_tier' is 'auto', 'default', 'flex' or 'priority'.");
    }
}
