using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// <c>reasoning_effort</c> → thinking: adaptive with an effort on newer models, a budget of tokens on older ones, which must be less than <c>max_tokens</c>.
/// Thinking goes neither with a forced tool, nor with a last turn to continue, nor (by budget) with a tool loop that began without it
/// (https://platform.claude.com/docs/en/build-with-claude/extended-thinking, /adaptive-thinking, /effort). A client's own <c>thinking</c> stands as it came.
/// </summary>
internal sealed class AnthropicThinking(ClaudeModel model, UnsupportedParameters unsupported, ICollection<string> losses)
{
    /// <summary>No model thinks with less.</summary>
    private const int LeastBudget = 1024;

    private static readonly JsonElement Adaptive = JsonElement.Parse("""{"type":"adaptive","display":"summarized"}"""u8);
    private static readonly JsonElement Disabled = JsonElement.Parse("""{"type":"disabled"}"""u8);

    /// <summary>The member <c>thinking</c>.</summary>
    public JsonElement? Config { get; private set; }

    /// <summary>The member <c>output_config.effort</c>.</summary>
    public string? Effort { get; private set; }

    /// <summary>What <see cref="Config"/> may use up before the answer begins.</summary>
    public int Budget { get; private set; }

    public bool IsOn =>
        Config is { ValueKind: JsonValueKind.Object } config && config.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String &&
        type.GetString() is ("enabled" or "adaptive");

    /// <param name="chat">Its limit is what the budget has to fit into.</param>
    /// <param name="given">The client's own <c>thinking</c>.</param>
    /// <param name="effort">What it asks for in OpenAI's words.</param>
    /// <param name="conversation">May rule thinking out.</param>
    /// <param name="forcesTool">Rules it out too.</param>
    public GatewayError? Translate(ChatRequest chat, JsonElement? given, ReasoningEffort? effort, Conversation conversation, bool forcesTool)
    {
        Config = given;
        if (effort is not { } asked) return null;
        if (given is not null && !model.IsAdaptive) losses.Add("reasoning_effort");
        else if (asked is ReasoningEffort.None) Config ??= model.IsAdaptive ? Disabled : null;
        else if (!model.Thinks) return unsupported.Decide("reasoning_effort");
        else if (model.IsAdaptive) Adapt(asked, forcesTool || EndsInPrefill(conversation));
        else if (forcesTool || EndsInPrefill(conversation) || IsAmidUnthoughtTools(conversation)) losses.Add("reasoning_effort");
        else return Spend(asked, chat.MaxCompletionTokens ?? chat.MaxTokens);
        return null;
    }

    /// <summary><c>modify_params</c>: thinking that the model would refuse, since the calls under way were made without it, pauses until they are answered.</summary>
    public void Repair(Conversation conversation)
    {
        if (!IsOn || model.IsAdaptive || !IsAmidUnthoughtTools(conversation)) return;
        Config = null;
        losses.Add("thinking");
    }

    private void Adapt(ReasoningEffort asked, bool mustNotThink)
    {
        Effort = asked switch
        {
            ReasoningEffort.Minimal or ReasoningEffort.Low => "low",
            ReasoningEffort.Medium => "medium",
            ReasoningEffort.High => "high",
            _ => model.HasExtraHighEffort ? "xhigh" : "max",
        };
        if (mustNotThink) return;
        Budget = asked.Budget();
        Config ??= Adaptive;
    }

    private GatewayError? Spend(ReasoningEffort asked, long? limit)
    {
        if (limit <= LeastBudget)
            return unsupported.DecideValue("reasoning_effort", $"{AnthropicRequestTranslator.Name} thinks with at least {LeastBudget} tokens, which count toward the limit: set 'max_completion_tokens' higher, or 'reasoning_effort' to 'none'.");
        // At least half of what the client allows is left for the answer.
        Budget = (int)Math.Max(LeastBudget, Math.Min(asked.Budget(), limit / 2 ?? long.MaxValue));
        Config = JsonElement.Parse($$"""{"type":"enabled","budget_tokens":{{Budget}}}""");
        return null;
    }

    private static bool EndsInPrefill(Conversation conversation) => conversation.Turns[^1].Role is "assistant";

    private static bool IsAmidUnthoughtTools(Conversation conversation) =>
        conversation.Turns is [.., { Role: "assistant" } called, { Parts: var answers }] && answers.Exists(static part => part is ToolAnswer) &&
        !called.Parts.Exists(static part => part is Thought { Block: { Signature.Length: > 0 } or { Data.Length: > 0 } });
}
