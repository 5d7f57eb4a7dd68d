using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;

namespace ChatKit.Gateway.Providers.OverChat;

/// <summary>
/// What becomes of a part of the request that chat has no words for: it refuses the call by name, or, where the deployment drops parameters
/// (<c>drop_params</c>), it is left out and named in the losses. What only labels or speeds up is never worth a refusal.
/// </summary>
internal sealed class Uncarried(ModelCall call, ICollection<string> losses)
{
    /// <summary>The answer would be another one without it.</summary>
    public GatewayError? Refuse(string path)
    {
        if (!call.Parameters.Drops) return ChatRefusals.UnsupportedParameter(path, call.Deployment.Provider);
        Lose(path);
        return null;
    }

    /// <summary>The answer is as right without it.</summary>
    public void Lose(string path)
    {
        if (!losses.Contains(path)) losses.Add(path);
    }
}
