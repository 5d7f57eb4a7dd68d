using System.Text.Json;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>
/// <c>reasoning_effort</c> (https://platform.openai.com/docs/api-reference/chat/create), from least to most. For models that take a budget of tokens in its
/// place, the budgets are LiteLLM's (https://docs.litellm.ai/docs/reasoning_content).
/// </summary>
internal enum ReasoningEffort
{
    None,
    Minimal,
    Low,
    Medium,
    High,
    ExtraHigh,
}

/// <summary>Reads the member, and says it in tokens.</summary>
internal static class ReasoningEfforts
{
    /// <summary>Null where the member is not given. <c>max</c> is Anthropic's word for the most.</summary>
    public static GatewayError? Read(JsonElement? member, out ReasoningEffort? effort)
    {
        effort = null;
        if (member is not { ValueKind: not JsonValueKind.Null } given) return null;
        effort = (given.ValueKind is JsonValueKind.String ? given.GetString() : null) switch
        {
            "none" => ReasoningEffort.None,
            "minimal" => ReasoningEffort.Minimal,
            "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" or "max" => ReasoningEffort.ExtraHigh,
            _ => null,
        };
        return effort is null ? ChatRefusals.Invalid("reasoning_effort", "'reasoning_effort' is none, minimal, low, medium, high or xhigh.") : null;
    }

    /// <summary>How many tokens the model may think; beyond <c>high</c>, twice as many again.</summary>
    public static int Budget(this ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => 0,
        ReasoningEffort.Minimal or ReasoningEffort.Low => 1024,
        ReasoningEffort.Medium => 2048,
        ReasoningEffort.High => 4096,
        _ => 8192,
    };
}
