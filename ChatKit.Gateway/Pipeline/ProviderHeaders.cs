using System.Collections.Frozen;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// What a provider said in headers, on its way to the client: its rate limits under their own names, and everything under <c>llm_provider-</c>, as LiteLLM
/// does it. Only printable ASCII goes on: all else is no header, whoever wrote it.
/// </summary>
internal static class ProviderHeaders
{
    private static readonly DerivedTexts<string> Prefixed = new(static name => "llm_provider-" + name.ToLowerInvariant());

    /// <summary>What belongs to one connection or to the bytes of one body, and cookies, which are the provider's secret with us.</summary>
    private static readonly FrozenSet<string> Kept = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length", "Content-Encoding", "Set-Cookie", "Set-Cookie2", "Alt-Svc", "Strict-Transport-Security");

    public static void Forward(IHeaderDictionary headers, IEnumerable<KeyValuePair<string, string>> given)
    {
        foreach (var (name, value) in given)
        {
            if (Kept.Contains(name) || !IsPrintable(value)) continue;
            headers[Prefixed.Of(name)] = value;
            if (name.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase)) headers[name] = value;
        }
    }

    /// <summary>True for text that may stand in a header.</summary>
    public static bool IsPrintable(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange(' ', '~');
}
