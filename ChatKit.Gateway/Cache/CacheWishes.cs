using System.Globalization;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Cache;

/// <summary>
/// What a call asks of the cache: <c>"cache": {"ttl": 60, "s-maxage": 60, "no-cache": true, "no-store": true, "namespace": "x", "use-cache": true}</c>
/// (https://docs.litellm.ai/docs/proxy/caching#dynamic-cache-controls), or a <c>Cache-Control</c> header with <c>no-cache</c>, <c>no-store</c>, <c>max-age</c> or <c>s-maxage</c>.
/// </summary>
internal sealed record CacheWishes
{
    public static CacheWishes None { get; } = new();

    /// <summary>How long this answer is kept.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How old an answer may be.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>True where no kept answer will do.</summary>
    public bool NoCache { get; init; }

    /// <summary>True where this answer is not to be kept.</summary>
    public bool NoStore { get; init; }

    /// <summary>Takes part although the cache is off by default.</summary>
    public bool UseCache { get; init; }

    public string? Namespace { get; init; }

    /// <summary>An error where a member holds something else than it should. The body beats the header.</summary>
    public static GatewayError? Read(CallEnvelope envelope, ReadOnlySpan<byte> body, IHeaderDictionary headers, out CacheWishes wishes)
    {
        wishes = headers.CacheControl.Count > 0 ? OfHeader(headers.CacheControl.ToString()) : None;
        foreach (var member in envelope.Members)
        {
            if (!member.Is(body, "cache"u8) || member.Kind is JsonTokenType.Null) continue;
            if (member.Kind is not JsonTokenType.StartObject) return Invalid("cache", "must be an object, e.g. {\"no-cache\": true}");
            if (OfMember(member.Value(body), ref wishes) is { } wrong) return wrong;
        }

        return null;
    }

    private static GatewayError? OfMember(ReadOnlySpan<byte> json, ref CacheWishes wishes)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(json, members);
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        foreach (var member in members)
        {
            if (member.Kind is JsonTokenType.Null) continue;
            var name = member.Name(json, memory);
            var value = JsonElement.Parse(member.Value(json));
            switch (name)
            {
                case "no-cache" or "no-store" or "use-cache":
                    if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return Invalid($"cache.{name}", "must be true or false");
                    var isSet = value.ValueKind is JsonValueKind.True;
                    wishes = name is "no-cache" ? wishes with { NoCache = isSet } : name is "no-store" ? wishes with { NoStore = isSet } : wishes with { UseCache = isSet };
                    break;
                case "ttl" or "s-maxage" or "s-max-age":
                    if (value.ValueKind is not JsonValueKind.Number || Seconds(value.GetDouble()) is not { } time) return Invalid($"cache.{name}", "must be a number of seconds, 0 or more");
                    wishes = name is "ttl" ? wishes with { Lifetime = time } : wishes with { MaxAge = time };
                    break;
                case "namespace":
                    if (value.ValueKind is not JsonValueKind.String || !JsonUnicode.IsText(member.Value(json)) || value.GetString() is not { } text || !CacheNames.IsNamespace(text))
                        return Invalid("cache.namespace", "must be 1 to 64 letters, digits or any of - _ . : /");
                    wishes = wishes with { Namespace = text };
                    break;
                default:
                    return Invalid($"cache.{name}", "is not known; ttl, s-maxage, no-cache, no-store, namespace and use-cache are");
            }
        }

        return null;
    }

    /// <summary>Headers come from proxies and browsers too: what is not understood is not obeyed (RFC 9111 §5.2).</summary>
    private static CacheWishes OfHeader(string header)
    {
        var wishes = None;
        foreach (var directive in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = directive.IndexOf('=');
            var (name, value) = equals < 0 ? (directive, "") : (directive[..equals].TrimEnd(), directive[(equals + 1)..].Trim(' ', '"'));
            var seconds = double.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Seconds(number) : null;
            wishes = name.ToLowerInvariant() switch
            {
                "no-cache" => wishes with { NoCache = true },
                "no-store" => wishes with { NoStore = true },
                "max-age" or "s-maxage" when seconds is not null => wishes with { MaxAge = seconds },
                _ => wishes,
            };
        }

        return wishes;
    }

    private static TimeSpan? Seconds(double seconds) => seconds is >= 0 and <= 86_400 * 366 ? TimeSpan.FromSeconds(seconds) : null;

    private static GatewayError Invalid(string param, string what) => new(400, "invalid_request_error", $"Invalid '{param}': {what}.", param);
}
