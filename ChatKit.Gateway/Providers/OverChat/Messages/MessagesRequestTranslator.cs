using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>Messages request → chat completion request: the members around the conversation, which <see cref="MessagesTurns"/> translates.</summary>
internal sealed class MessagesRequestTranslator(ChatExtensions extensions, Uncarried uncarried)
{
    /// <summary>OpenAI takes no longer <c>user</c>; Claude Code's ids are longer.</summary>
    private const int MaxUser = 64;

    /// <summary>
    /// A conversation that the server would hold. Told so, Anthropic's own tool runners send the whole conversation instead
    /// (https://github.com/anthropics/anthropic-sdk-typescript, BetaMessageThread).
    /// </summary>
    private static GatewayError NoThread { get; } =
        new(400, "invalid_request_error", "'thread' is Anthropic's own: this provider holds no conversations. Send all messages.", "thread")
        {
            Code = "thread_unsupported_request",
            Details = JsonElement.Parse("""{"error_code":"thread_unsupported_request","unsupported":["thread"]}"""),
        };

    /// <summary>The chat request, or the reason why there is none.</summary>
    public GatewayError? Translate(AskedMessages asked, ModelCall call, out ChatRequest? chat)
    {
        chat = null;
        if (Rest(asked.Others) is { } unsupported) return unsupported;
        if (new MessagesTools(extensions, uncarried).Translate(asked.Tools, out var tools) is { } wrongTool) return wrongTool;
        if (Choice(asked.ToolChoice, tools is not null, out var choice) is { } wrongChoice) return wrongChoice;
        if (Format(asked.OutputConfig?.Format ?? asked.OutputFormat, out var format) is { } wrongFormat) return wrongFormat;
        var turns = new MessagesTurns(extensions, uncarried);
        if (turns.Translate(asked) is { } wrongTurn) return wrongTurn;

        var others = new Dictionary<string, JsonElement>();
        if (format is { } asJson) others["response_format"] = asJson;
        if (Effort(asked) is { } effort) others["reasoning_effort"] = ChatBody.Text(effort);
        if (asked.TopK is { ValueKind: not JsonValueKind.Null } topK)
        {
            if (extensions.HasFlag(ChatExtensions.TopK)) others["top_k"] = topK;
            else uncarried.Lose("top_k");
        }

        chat = new ChatRequest
        {
            Model = call.Envelope.Model,
            Messages = turns.Messages,
            MaxCompletionTokens = asked.MaxTokens,
            Stop = asked.StopSequences is { Count: > 0 } stop ? stop : null,
            Temperature = asked.Temperature,
            TopP = asked.TopP,
            Stream = call.Envelope.Stream ? true : null,
            Tools = tools,
            ToolChoice = choice,
            ParallelToolCalls = tools is not null && asked.ToolChoice?.DisableParallelToolUse is true ? false : null,
            User = User(asked.Metadata?.UserId),
            ServiceTier = asked.ServiceTier is "standard_only" ? "default" : asked.ServiceTier,
            Others = others,
        };
        return null;
    }

    /// <summary>What has no member of its own: the gateway's fields, hints, and features of Anthropic's servers.</summary>
    private GatewayError? Rest(Dictionary<string, JsonElement>? others)
    {
        foreach (var (name, value) in others ?? [])
        {
            if (name is "thread" && value.ValueKind is JsonValueKind.Object) return NoThread;
            if (name is "model" || value.ValueKind is JsonValueKind.Null or JsonValueKind.False || GatewayFields.IsObeyed(name)) continue;
            if (GatewayFields.Contains(name) || IsHint(name)) uncarried.Lose(name);
            else if (IsEmpty(value)) continue;
            else if (uncarried.Refuse(name) is { } refused) return refused;
        }

        return null;
    }

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/context-editing: old turns thinned out, where the provider keeps them by itself.</summary>
    private static bool IsHint(string name) => name is "cache_control" or "context_management" or "speed" or "diagnostics";

    private static bool IsEmpty(JsonElement value) => value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 0;

    private static GatewayError? Choice(MessagesToolChoice? asked, bool hasTools, out JsonElement? choice)
    {
        choice = null;
        if (asked is null || (!hasTools && asked.Type is "auto" or "none")) return null;
        if (asked.Type is "tool" && asked.Name is not { Length: > 0 }) return ChatRefusals.Invalid("tool_choice.name", "'tool_choice' of type 'tool' needs the tool's name.");
        choice = asked.Type switch
        {
            "auto" or "none" => ChatBody.Text(asked.Type),
            "any" => ChatBody.Text("required"),
            "tool" => ChatBody.Json($$$"""{"type":"function","function":{"name":{{{ChatBody.Text(asked.Name!).GetRawText()}}}}}"""),
            _ => null,
        };
        return choice is null ? ChatRefusals.Invalid("tool_choice.type", "'tool_choice' is of type 'auto', 'any', 'tool' or 'none'.") : null;
    }

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/structured-outputs → https://platform.openai.com/docs/guides/structured-outputs</summary>
    private static GatewayError? Format(AskedOutputFormat? asked, out JsonElement? format)
    {
        format = null;
        if (asked is null) return null;
        if (asked is not { Type: "json_schema", Schema: { ValueKind: JsonValueKind.Object } schema })
            return ChatRefusals.Invalid("output_config.format", "An output format is of type 'json_schema' and has a 'schema'.");
        format = ChatBody.Json($$$"""{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{{{schema.GetRawText()}}}}}""");
        return null;
    }

    /// <summary>The same scale as the other way round: budgets of 1024, 2048 and 4096 are low, medium and high. <c>max</c> is more than OpenAI has.</summary>
    private static string? Effort(AskedMessages asked) => asked.OutputConfig?.Effort switch
    {
        "low" or "medium" or "high" => asked.OutputConfig.Effort,
        "xhigh" or "max" => "high",
        _ => asked.Thinking switch
        {
            { Type: "enabled", BudgetTokens: < 2048 } => "low",
            { Type: "enabled", BudgetTokens: < 4096 } => "medium",
            { Type: "enabled" } => "high",
            _ => null,
        },
    };

    /// <summary>An id that is too long is replaced by its hash, which tells end users apart as well.</summary>
    private static string? User(string? id) => id is not { Length: > MaxUser } ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
