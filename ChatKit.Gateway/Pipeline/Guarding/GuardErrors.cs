using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Guardrails;

namespace ChatKit.Gateway.Pipeline.Guarding;

/// <summary>What guardrails say to a client: what kind of thing was found, never the thing.</summary>
internal static class GuardErrors
{
    private const string Type = "guardrail_violation";

    public static GatewayError Found(GuardrailResult result) =>
        new(StatusCodes.Status400BadRequest, Type, $"Blocked by guardrail '{result.Name}': {string.Join(", ", result.Found.Keys)} found.") { Code = Type };

    public static GatewayError Judged(string name, string reason) => new(StatusCodes.Status400BadRequest, Type, $"Blocked by guardrail '{name}': {reason}.") { Code = Type };

    public static GatewayError Unknown(string name) =>
        new(StatusCodes.Status400BadRequest, "invalid_request_error", $"The guardrail '{name}', which this call or its key asks for, is not configured.", "guardrails");

    public static GatewayError Unavailable(string name) => new(StatusCodes.Status503ServiceUnavailable, "guardrail_unavailable", $"The guardrail '{name}' could not judge this call, and without it none is made.");

    /// <summary>Of whose call it is, by LiteLLM's names.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe(GatewayCall call)
    {
        var caller = call.Caller!;
        (string Name, string? Value)[] known =
        [
            ("user_api_key_hash", caller.KeyHash), ("user_api_key_alias", caller.KeyAlias), ("user_api_key_user_id", caller.UserId),
            ("user_api_key_team_id", caller.TeamId), ("user_api_key_team_alias", caller.TeamAlias), ("user_api_key_end_user_id", call.EndUser),
        ];
        return [.. known.Where(static entry => entry.Value is not null).Select(static entry => new KeyValuePair<string, string>(entry.Name, entry.Value!))];
    }
}
