using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>
/// What becomes of a parameter that a provider has no word for: the one place that decides, for every dialect. Where it asks for nothing it goes; where it is a
/// hint, or the call has <c>drop_params</c>, it goes and is named in the losses; anything else refuses the call, as LiteLLM's UnsupportedParamsError does.
/// </summary>
internal sealed class UnsupportedParameters(string provider, ParameterPolicy policy, ICollection<string> losses)
{
    /// <summary>Null where the call goes on without the parameter.</summary>
    public GatewayError? Decide(string name, JsonElement? value) => value is not { } given || ChatParameters.AsksNothing(name, given) ? null : Decide(name);

    /// <summary>The same for what is known to ask for something; a path where it stands deeper.</summary>
    public GatewayError? Decide(string name)
    {
        if (!policy.Drops && !ChatParameters.IsHint(name)) return ChatRefusals.UnsupportedParameter(name, provider);
        losses.Add(name);
        return null;
    }

    /// <summary>The provider has the parameter, but not this value; <paramref name="message"/> says what it accepts.</summary>
    public GatewayError? DecideValue(string name, string message)
    {
        if (!policy.Drops) return ChatRefusals.UnsupportedValue(name, message);
        losses.Add(name);
        return null;
    }

    /// <summary>
    /// The members that nobody took (<see cref="ChatRequest.Take"/>): OpenAI's are decided about, the gateway's are obeyed or lost, and <paramref name="own"/> are
    /// the provider's own, which travel as they came; so do those that the deployment sends whatever is known of the provider.
    /// </summary>
    public GatewayError? Rest(ChatRequest chat, out Dictionary<string, JsonElement>? own)
    {
        own = null;
        foreach (var (name, value) in chat.Others ?? [])
        {
            if (GatewayFields.IsObeyed(name)) continue;
            if (GatewayFields.Contains(name)) losses.Add(name);
            else if (!policy.AlwaysSent.Contains(name) && ChatParameters.IsOpenAi(name))
            {
                if (Decide(name, value) is { } refused) return refused;
            }
            else if (value.ValueKind is not JsonValueKind.Null) (own ??= [])[name] = value;
        }

        return null;
    }
}
