using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline;

/// <summary>The request headers that belong to a dialect and not to the connection: they go on to a provider that speaks it too.</summary>
internal static class ForwardedHeaders
{
    private static readonly string[] OfMessages = ["anthropic-beta", "anthropic-version"];

    public static IReadOnlyList<KeyValuePair<string, string>> Of(GatewayCall call)
    {
        if (call.Operation.Dialect is not ClientDialect.Anthropic) return [];
        var headers = new List<KeyValuePair<string, string>>(OfMessages.Length);
        foreach (var name in OfMessages)
        {
            if (call.Http.Request.Headers.TryGetValue(name, out var value) && value.Count > 0) headers.Add(new(name, string.Join(',', value!)));
        }

        return headers;
    }
}
