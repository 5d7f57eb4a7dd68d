namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// For whom a caller calls, LiteLLM's customer or end user (https://docs.litellm.ai/docs/proxy/customers): a header says it, or the <c>user</c> of the body.
/// </summary>
internal static class EndUser
{
    /// <summary>The most specific first.</summary>
    private static readonly string[] Headers = ["x-litellm-customer-id", "x-litellm-end-user-id"];

    /// <summary>Null where nobody is named.</summary>
    public static string? Of(GatewayCall call)
    {
        foreach (var name in Headers)
        {
            if (call.Http.Request.Headers.TryGetValue(name, out var given) && given is [{ Length: > 0 } id]) return id;
        }

        return call.Envelope.User;
    }
}
