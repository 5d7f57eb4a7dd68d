using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// Chat completion request → Messages request (https://platform.claude.com/docs/en/api/messages/create). What has no counterpart refuses the call, or is
/// named in the losses where the answer is as right without it (<see cref="ChatParameters"/>); what OpenAI does not know is Anthropic's own and travels as it came.
/// </summary>
internal sealed partial class AnthropicRequestTranslator(ParameterPolicy policy, ICollection<string> losses)
{
    /// <summary>The provider in errors.</summary>
    public const string Name = "Anthropic";

    /// <summary>LiteLLM's default for a member that OpenAI leaves optional and Anthropic requires.</summary>
    private const long DefaultMaxTokens = 4096;

    /// <summary>The longest <c>metadata.user_id</c>.</summary>
    private const int MaxUserId = 256;

    private readonly UnsupportedParameters _unsupported = new(Name, policy, losses);

    /// <summary>The Messages request, or the reason why there is none.</summary>
    public GatewayError? Translate(ChatRequest chat, string name, bool stream, out MessagesRequest? request)
    {
        request = null;
        var model = ClaudeModel.Of(name);
        if (AnthropicFormat.Read(chat.Take("response_format"), model, out var format) is { } wrongFormat) return wrongFormat;
        if (AnthropicWebSearch.Read(chat.Take("web_search_options"), out var search) is { } wrongSearch) return wrongSearch;
        if (ReasoningEfforts.Read(chat.Take("reasoning_effort"), out var effort) is { } wrongEffort) return wrongEffort;
        var (ownThinking, ownOutput) = (chat.Take("thinking"), chat.Take("output_config"));
        if (_unsupported.Rest(chat, out var own) is { } unsupported) return unsupported;
        if (WhitespaceStop(chat.Stop) is { } blank) return blank;

        if (Conversation.Read(ServerBlocks.Restore(chat.Messages), losses, out var conversation) is { } invalid) return invalid;
        var turns = new AnthropicTurns(policy, losses);
        if (turns.Translate(conversation) is { } notCarried) return notCarried;
        var tools = new AnthropicTools(losses);
        if (tools.Translate(chat, search, format?.Tool) is { } wrongTool) return wrongTool;
        var thinking = new AnthropicThinking(model, _unsupported, losses);
        if (thinking.Translate(chat, ownThinking, effort, conversation, tools.ForcesTool) is { } tooLittle) return tooLittle;
        if (policy.Repairs)
        {
            tools.Repair(conversation);
            thinking.Repair(conversation);
        }

        var sampling = new AnthropicSampling(model, losses);
        sampling.Translate(chat, thinking.IsOn, own);
        request = new MessagesRequest
        {
            Model = name,
            MaxTokens = chat.MaxCompletionTokens ?? chat.MaxTokens ?? DefaultMaxTokens + thinking.Budget,
            System = turns.System.Count > 0 ? turns.System : null,
            Messages = turns.Turns,
            StopSequences = chat.Stop is { Count: > 0 } stop ? stop : null,
            Temperature = sampling.Temperature,
            TopP = sampling.TopP,
            Stream = stream ? true : null,
            Thinking = thinking.Config,
            OutputConfig = Output(ownOutput, format?.Native, thinking.Effort),
            Tools = tools.Tools,
            ToolChoice = tools.Choice,
            Metadata = Metadata(chat),
            ServiceTier = ServiceTier(chat.ServiceTier),
            Others = own,
        };
        return null;
    }

    /// <summary>The client's own <c>output_config</c> stands above what is made of OpenAI's words.</summary>
    private static Dictionary<string, JsonElement>? Output(JsonElement? own, JsonElement? format, string? effort)
    {
        if (own is null && format is null && effort is null) return null;
        var output = new Dictionary<string, JsonElement>();
        if (effort is not null) output["effort"] = JsonElement.Parse($"\"{effort}\"");
        if (format is { } asked) output["format"] = asked;
        if (own is { ValueKind: JsonValueKind.Object } given)
            foreach (var member in given.EnumerateObject())
                output[member.Name] = member.Value;
        return output;
    }

    private static GatewayError? WhitespaceStop(IReadOnlyList<string>? stop)
    {
        for (var i = 0; i < stop?.Count; i++)
            if (string.IsNullOrWhiteSpace(stop[i]))
                return ChatRefusals.UnsupportedValue("stop", $"{Name} accepts no stop sequence of white space only, as stop[{i}] is.");
        return null;
    }

    /// <summary>Anthropic asks for an opaque id, so what identifies a person stays here.</summary>
    private MessagesMetadata? Metadata(ChatRequest chat)
    {
        if ((chat.SafetyIdentifier ?? chat.User) is not { Length: > 0 } user) return null;
        if (user.Length <= MaxUserId && !MailAddress.TryCreate(user, out _) && !PhoneNumber().IsMatch(user)) return new MessagesMetadata(user);
        losses.Add(chat.SafetyIdentifier is null ? "user" : "safety_identifier");
        return null;
    }

    /// <summary>https://platform.claude.com/docs/en/api/service-tiers: what OpenAI calls <c>default</c> is no priority capacity.</summary>
    private string? ServiceTier(string? tier)
    {
        if (tier is null or "auto" or "standard_only") return tier;
        if (tier is "default") return "standard_only";
        losses.Add("service_tier");
        return null;
    }

    [GeneratedRegex(@"^\+?[\d\s().-]{7,}$")]
    private static partial Regex PhoneNumber();
}
