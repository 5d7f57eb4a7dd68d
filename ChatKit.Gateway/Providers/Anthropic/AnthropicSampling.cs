using System.Text.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// <c>temperature</c>, <c>top_p</c> and <c>top_k</c>. The newest models refuse them; thinking leaves the temperature at 1, <c>top_p</c> at 0.95 or above, and no
/// <c>top_k</c> (https://platform.claude.com/docs/en/build-with-claude/extended-thinking#feature-compatibility). An answer is as right without them, and most
/// clients send one unasked, so what cannot be had is lost and refuses no call.
/// </summary>
internal sealed class AnthropicSampling(ClaudeModel model, ICollection<string> losses)
{
    private const decimal LeastTopPOfThinking = 0.95m;

    public decimal? Temperature { get; private set; }

    public decimal? TopP { get; private set; }

    /// <param name="chat">What the client asks for.</param>
    /// <param name="isThinking">Narrows what can be had.</param>
    /// <param name="own">May hold <c>top_k</c>, which OpenAI does not know.</param>
    public void Translate(ChatRequest chat, bool isThinking, Dictionary<string, JsonElement>? own)
    {
        (Temperature, TopP) = (chat.Temperature, chat.TopP);
        if (model.RefusesSampling)
        {
            LoseAll(own);
        }
        else if (isThinking)
        {
            if (Temperature is not (null or 1)) Temperature = Lose("temperature", null);
            if (TopP is < LeastTopPOfThinking) TopP = Lose("top_p", null);
            if (own?.Remove("top_k") is true) losses.Add("top_k");
        }
        else if (Temperature is > 1)
        {
            // OpenAI's scale ends at 2, Anthropic's at 1; above it, Anthropic's own OpenAI endpoint caps too.
            Temperature = Lose("temperature", 1);
        }
    }

    private void LoseAll(Dictionary<string, JsonElement>? own)
    {
        if (Temperature is not (null or 1)) losses.Add("temperature");
        if (TopP is not (null or 1)) losses.Add("top_p");
        if (own?.Remove("top_k") is true) losses.Add("top_k");
        (Temperature, TopP) = (null, null);
    }

    private decimal? Lose(string name, decimal? remaining)
    {
        losses.Add(name);
        return remaining;
    }
}
