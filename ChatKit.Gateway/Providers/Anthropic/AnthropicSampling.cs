using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// <c>temperature</c>, <c>top_p</c> and <c>top_k</c>. The newest models refuse them; thinking leaves the temperature at 1, <c>top_p</c> at 0.95 or above, and
/// no <c>top_k</c> (https://platform.claude.com/docs/en/build-with-claude/extended-thinking#feature-compatibility).
/// </summary>
internal sealed class AnthropicSampling(ClaudeModel model, UnsupportedParameters unsupported, ICollection<string> losses)
{
    private const decimal LeastTopPOfThinking = 0.95m;

    public decimal? Temperature { get; private set; }

    public decimal? TopP { get; private set; }

    /// <param name="chat">What the client asks for.</param>
    /// <param name="isThinking">Narrows what can be had.</param>
    /// <param name="own">May hold <c>top_k</c>, which OpenAI does not know.</param>
    public GatewayError? Translate(ChatRequest chat, bool isThinking, Dictionary<string, JsonElement>? own)
    {
        (Temperature, TopP) = (chat.Temperature, chat.TopP);
        if (model.RefusesSampling) return Refuse(own);
        if (isThinking)
        {
            if (Temperature is not (null or 1)) Temperature = Lose<decimal?>("temperature", null);
            if (TopP is < LeastTopPOfThinking) TopP = Lose<decimal?>("top_p", null);
            if (own?.Remove("top_k") is true) losses.Add("top_k");
        }
        else if (Temperature is > 1)
        {
            // OpenAI's scale ends at 2, Anthropic's at 1; above it, Anthropic's own OpenAI endpoint caps too.
            Temperature = Lose<decimal?>("temperature", 1);
        }

        return null;
    }

    private GatewayError? Refuse(Dictionary<string, JsonElement>? own)
    {
        if (Temperature is not (null or 1) && unsupported.Decide("temperature") is { } noTemperature) return noTemperature;
        if (TopP is not (null or 1) && unsupported.Decide("top_p") is { } noTopP) return noTopP;
        (Temperature, TopP) = (null, null);
        return own?.Remove("top_k") is true ? unsupported.Decide("top_k") : null;
    }

    private T Lose<T>(string name, T remaining)
    {
        losses.Add(name);
        return remaining;
    }
}
