using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// OpenAI's <c>reasoning_effort</c> and Anthropic's <c>thinking</c> as Gemini's thinkingConfig: a level since Gemini 3, a number of tokens for Gemini 2.5, by
/// Google's own table (https://ai.google.dev/gemini-api/docs/openai#thinking). Who asks for reasoning gets to see it.
/// </summary>
internal sealed class GeminiThought(GeminiModel model, UnsupportedParameters unsupported, ICollection<string> losses)
{
    private const string Effort = "reasoning_effort";

    /// <summary>The least that 2.5 Pro, which cannot be kept from thinking, is content with.</summary>
    private const int LeastOfPro = 128;

    private static readonly string[] Levels = ["MINIMAL", "LOW", "MEDIUM", "HIGH"];
    private static readonly int[] Budgets = [1024, 1024, 8192, 24576];

    public GatewayError? Read(ChatRequest chat, out GeminiThinking? thinking)
    {
        thinking = null;
        var (effort, block) = (chat.Take(Effort), chat.Take("thinking"));
        if (block is { } asked)
        {
            if (effort is not null) losses.Add(Effort);
            return ReadBlock(asked, out thinking);
        }

        if (effort is not { } given) return null;
        var word = given.ValueKind is JsonValueKind.Object && given.TryGetProperty("effort", out var inside) ? inside : given;
        return word.ValueKind is JsonValueKind.String ? ReadEffort(word.GetString()!, out thinking) : ChatRefusals.Invalid(Effort, "'reasoning_effort' is a word.");
    }

    private GatewayError? ReadEffort(string effort, out GeminiThinking? thinking)
    {
        thinking = null;
        if (!model.Thinks) return effort is "none" ? null : unsupported.Decide(Effort);
        int? index = effort switch
        {
            "none" or "disable" => -1,
            "minimal" => 0,
            "low" => 1,
            "medium" or "default" => 2,
            "high" or "xhigh" or "max" => 3,
            _ => null,
        };
        if (index is not { } step) return ChatRefusals.UnsupportedValue(Effort, "'reasoning_effort' is 'none', 'minimal', 'low', 'medium' or 'high'.");
        thinking = step < 0 ? Off(Effort) : On(step);
        return null;
    }

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/extended-thinking: <c>enabled</c> with a budget, <c>adaptive</c>, <c>disabled</c>.</summary>
    private GatewayError? ReadBlock(JsonElement block, out GeminiThinking? thinking)
    {
        thinking = null;
        if (block.ValueKind is not JsonValueKind.Object || !block.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String)
            return ChatRefusals.Invalid("thinking", "'thinking' is an object with a type.");
        var budget = block.TryGetProperty("budget_tokens", out var tokens) && tokens.ValueKind is JsonValueKind.Number && tokens.TryGetInt32(out var number) ? number : (int?)null;
        if (!model.Thinks) return type.ValueEquals("disabled") ? null : unsupported.Decide("thinking");
        thinking = type.ValueEquals("disabled") || budget is 0 ? Off("thinking")
            : budget is not { } wanted ? new GeminiThinking { IncludeThoughts = true }
            : model.HasThinkingLevels ? On(Math.Min(3, Array.FindIndex(Budgets, 1, most => wanted <= most) is var step and > 0 ? step : 3))
            : new GeminiThinking { IncludeThoughts = true, ThinkingBudget = wanted };
        return null;
    }

    private GeminiThinking On(int step) => model.HasThinkingLevels
        ? new GeminiThinking { IncludeThoughts = true, ThinkingLevel = Levels[Nearest(step)] }
        : new GeminiThinking { IncludeThoughts = true, ThinkingBudget = Budgets[step] };

    /// <summary>Not every model can be kept from thinking; the least is then the nearest, and the client is told.</summary>
    private GeminiThinking Off(string parameter)
    {
        if (!model.HasThinkingLevels && !model.IsPro) return new GeminiThinking { IncludeThoughts = false, ThinkingBudget = 0 };
        losses.Add(parameter);
        return model.HasThinkingLevels
            ? new GeminiThinking { IncludeThoughts = false, ThinkingLevel = Levels[Nearest(0)] }
            : new GeminiThinking { IncludeThoughts = false, ThinkingBudget = LeastOfPro };
    }

    /// <summary>The Pro models have no minimal level, and the first of them no medium one.</summary>
    private int Nearest(int step) => model.IsPro ? step switch
    {
        0 => 1,
        2 when model is { Major: 3, Minor: 0 } => 3,
        _ => step,
    } : step;
}
