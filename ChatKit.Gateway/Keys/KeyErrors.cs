using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>The refusals of a key, in LiteLLM's words, which programs recognise. Of a key they show its end, of a short one nothing.</summary>
internal static class KeyErrors
{
    public static GatewayError Missing { get; } = new(401, "auth_error", "Authentication Error, No api key passed in.");

    public static GatewayError NotAVirtualKey(string given) =>
        new(401, "auth_error", $"Authentication Error, LiteLLM Virtual Key expected. Received={new Secret(given)}, expected to start with 'sk-'.");

    public static GatewayError Unknown(string given) =>
        new(401, "token_not_found_in_db", $"Authentication Error, Invalid proxy server token passed. Received API Key = {new Secret(given)}.", "key");

    public static GatewayError NotLocal { get; } =
        new(403, "auth_error", "No master key is configured, so only this machine is served. Set LITELLM_MASTER_KEY to serve others.");
}
