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

    /// <summary>The schema of a function without parameters.</summary>
    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}"""u8);

    private readonly UnsupportedParameters _unsupported = new(Name, policy, losses);

    /// <summary>The Messages request, or the reason why there is none.</summary>
    public GatewayError? Translate(ChatRequest chat, string model, bool stream, out MessagesRequest? request)
    {
        request = null;
        if (_unsupported.Rest(chat, out var own) is { } unsupported) return unsupported;
        if (WhitespaceStop(chat.Stop) is { } blank) return blank;
        if (Tools(chat.Tools, out var tools) is { } wrongTool) return wrongTool;
        if (Choice(chat, tools.Count > 0, out var choice) is { } wrongChoice) return wrongChoice;
        if (Conversation.Read(chat.Messages, losses, out var conversation) is { } invalid) return invalid;
        var turns = new AnthropicTurns(losses);
        if (turns.Translate(conversation) is { } notCarried) return notCarried;

        request = new MessagesRequest
        {
            Model = model,
            MaxTokens = chat.MaxCompletionTokens ?? chat.MaxTokens ?? DefaultMaxTokens,
            System = turns.System.Count > 0 ? turns.System : null,
            Messages = turns.Turns,
            StopSequences = chat.Stop is { Count: > 0 } stop ? stop : null,
            Temperature = Temperature(chat.Temperature),
            TopP = chat.TopP,
            Stream = stream ? true : null,
            Tools = tools.Count > 0 ? tools : null,
            ToolChoice = choice,
            Metadata = Metadata(chat),
            ServiceTier = ServiceTier(chat.ServiceTier),
            Others = own,
        };
        return null;
    }

    private static GatewayError? WhitespaceStop(IReadOnlyList<string>? stop)
    {
        for (var i = 0; i < stop?.Count; i++)
            if (string.IsNullOrWhiteSpace(stop[i]))
                return ChatRefusals.UnsupportedValue("stop", $"{Name} accepts no stop sequence of white space only, as stop[{i}] is.");
        return null;
    }

    private GatewayError? Tools(IReadOnlyList<ChatTool>? given, out List<MessagesTool> tools)
    {
        tools = new List<MessagesTool>(given?.Count ?? 0);
        for (var i = 0; i < given?.Count; i++)
        {
            if (given[i]?.Type is not "function") return ChatRefusals.UnsupportedValue($"tools[{i}].type", $"A tool of type '{given[i]?.Type}' cannot be carried to {Name}.");
            if (given[i].Function is not { Name: { Length: > 0 } name } function) return ChatRefusals.Invalid($"tools[{i}].function.name", "A function needs a name.");
            ChatParameters.LeaveOut(given[i].Others, $"tools[{i}]", losses);
            ChatParameters.LeaveOut(function.Others, $"tools[{i}].function", losses);
            tools.Add(new MessagesTool(name, function.Parameters is { ValueKind: JsonValueKind.Object } schema && schema.GetPropertyCount() > 0 ? schema : NoParameters)
            {
                Description = function.Description,
                Strict = function.Strict is true ? true : null,
                CacheControl = given[i].CacheControl,
            });
        }

        return null;
    }

    private static GatewayError? Choice(ChatRequest chat, bool hasTools, out MessagesToolChoice? choice)
    {
        choice = null;
        if (ToolChoice.Read(chat.ToolChoice, out var asked) is { } wrong) return wrong;
        if (!hasTools)
            return asked is { Mode: ToolMode.Required } ? ChatRefusals.Invalid("tool_choice", "'tool_choice' asks for a tool, and there are no 'tools'.") : null;

        bool? oneOnly = chat.ParallelToolCalls is false ? true : null;
        choice = asked switch
        {
            null when oneOnly is null => null,
            { Mode: ToolMode.None } => new MessagesToolChoice("none"),
            { Tool: { } tool } => new MessagesToolChoice("tool") { Name = tool, DisableParallelToolUse = oneOnly },
            { Mode: ToolMode.Required } => new MessagesToolChoice("any") { DisableParallelToolUse = oneOnly },
            _ => new MessagesToolChoice("auto") { DisableParallelToolUse = oneOnly },
        };
        return null;
    }

    /// <summary>OpenAI's scale ends at 2, Anthropic's at 1; above it, Anthropic's own OpenAI endpoint caps too.</summary>
    private decimal? Temperature(decimal? temperature)
    {
        if (temperature is not > 1) return temperature;
        losses.Add("temperature");
        return 1;
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
