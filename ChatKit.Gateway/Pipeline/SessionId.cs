namespace ChatKit.Gateway.Pipeline;

/// <summary>What the client calls the larger whole that a call is part of (https://docs.litellm.ai/docs/proxy/request_headers).</summary>
internal static class SessionId
{
    /// <summary>Null where it says nothing.</summary>
    public static string? Of(IHeaderDictionary headers) => Read(headers, "x-litellm-session-id") ?? Read(headers, "x-litellm-trace-id");

    private static string? Read(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var given) && given is [{ Length: > 0 and <= 256 } id] ? id : null;
}
