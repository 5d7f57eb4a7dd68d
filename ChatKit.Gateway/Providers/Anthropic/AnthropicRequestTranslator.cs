using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// Chat completion request → Messages request (https://platform.claude.com/docs/en/api/messages/create). What has no counterpart refuses the call, or is
/// named in the losses where the answer is as right without it (<see cref="ChatParameters"/>); what OpenAI does not know is Anthropic's own and travels as it came.
/// </summary>
internal sealed partial class AnthropicRequestTranslator(ICollection<string> losses)
{
    private const string Provider = "Anthropic";

    /// <summary>LiteLLM's default for a member that OpenAI leaves optional and Anthropic requires.</summary>
    private const long DefaultMaxTokens = 4096;

    /// <summary>The longest <c>metadata.user_id</c>.</summary>
    private const int MaxUserId = 256;

    /// <summary>The Messages request, or the reason why there is none.</summary>
    public GatewayError? Translate(ChatRequest chat, string model, bool stream, out MessagesRequest? request)
    {
        request = null;
        if (Carry(chat.Others, out var own) is { } unsupported) return unsupported;
        if (WhitespaceStop(chat.Stop) is { } blank) return blank;
        if (Conversation.Read(chat.Messages, losses, out var conversation) is { } invalid) return invalid;
        if (Blocks(conversation.System, out var system) is { } notInSystem) return notInSystem;
        if (Turns(conversation.Turns, out var turns) is { } notInTurn) return notInTurn;
        TrimPrefill(turns, conversation.Turns[^1].Parts[^1].Path);
        request = new MessagesRequest
        {
            Model = model,
            MaxTokens = chat.MaxCompletionTokens ?? chat.MaxTokens ?? DefaultMaxTokens,
            System = system.Count > 0 ? system : null,
            Messages = turns,
            StopSequences = chat.Stop is { Count: > 0 } stop ? stop : null,
            Temperature = Temperature(chat.Temperature),
            TopP = chat.TopP,
            Stream = stream ? true : null,
            Metadata = Metadata(chat),
            ServiceTier = ServiceTier(chat.ServiceTier),
            Others = own,
        };
        return null;
    }

    private static GatewayError? Turns(IReadOnlyList<ConversationTurn> conversation, out List<MessagesTurn> turns)
    {
        turns = new List<MessagesTurn>(conversation.Count);
        foreach (var turn in conversation)
        {
            if (Blocks(turn.Parts, out var blocks) is { } error) return error;
            turns.Add(new MessagesTurn(turn.Role, blocks));
        }

        return null;
    }

    private static GatewayError? Blocks(IReadOnlyList<ConversationPart> parts, out List<ContentBlock> blocks)
    {
        blocks = new List<ContentBlock>(parts.Count);
        foreach (var part in parts)
        {
            if (!part.IsText) return ChatRefusals.UnsupportedValue(part.Path, $"Content of type '{part.Value.Type}' cannot be carried to {Provider}.");
            blocks.Add(new ContentBlock { Type = "text", Text = part.Text, CacheControl = part.Value.CacheControl });
        }

        return null;
    }

    /// <summary>Anthropic continues a final assistant turn, and refuses one that ends in white space.</summary>
    private void TrimPrefill(List<MessagesTurn> turns, string path)
    {
        if (turns[^1] is not { Role: "assistant", Content: [.., { Type: "text", Text: { } text } last] blocks }) return;
        var trimmed = text.TrimEnd();
        if (trimmed.Length == text.Length) return;
        blocks[^1] = last with { Text = trimmed };
        losses.Add(path);
    }

    private GatewayError? Carry(Dictionary<string, JsonElement>? others, out Dictionary<string, JsonElement>? own)
    {
        own = null;
        if (others is null) return null;
        foreach (var (name, value) in others)
        {
            if (ChatParameters.AsksNothing(name, value)) continue;
            if (ChatParameters.IsHint(name)) losses.Add(name);
            else if (ChatParameters.IsOpenAi(name)) return ChatRefusals.UnsupportedParameter(name, Provider);
            else (own ??= [])[name] = value;
        }

        return null;
    }

    private static GatewayError? WhitespaceStop(IReadOnlyList<string>? stop)
    {
        for (var i = 0; i < stop?.Count; i++)
            if (string.IsNullOrWhiteSpace(stop[i]))
                return ChatRefusals.UnsupportedValue("stop", $"Anthropic accepts no stop sequence of white space only, as stop[{i}] is.");
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
