using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Limits;

/// <summary>
/// What an answer says of the limits that its call went through (https://docs.litellm.ai/docs/proxy/response_headers, litellm/proxy/hooks/_rate_limit_headers.py):
/// <c>x-ratelimit-api_key-remaining-requests: 99</c>, <c>x-litellm-key-remaining-requests-gpt-4: 1</c>.
/// </summary>
internal static class LimitHeaders
{
    /// <summary>What the name of a header may hold (RFC 9110 §5.6.2).</summary>
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly FrozenDictionary<AccountKind, string[]> Names = Enum.GetValues<AccountKind>().ToFrozenDictionary(
        static kind => kind,
        static kind => (string[])[.. Enum.GetValues<LimitKind>().SelectMany(limit => (string[])[Name(kind, "limit", limit), Name(kind, "remaining", limit)])]);

    /// <param name="headers">The answer's.</param>
    /// <param name="hold">What the call took.</param>
    /// <param name="model">What the client calls the model.</param>
    public static void Write(IHeaderDictionary headers, LimitHold hold, string model)
    {
        model = AsToken(model);
        foreach (var take in hold.Takes)
        {
            var (limits, counted, names) = (take.Account.Limits, take.Counted, Names[take.Account.Id.Kind]);
            Write(headers, names, LimitKind.Requests, limits.Requests, counted.Requests);
            Write(headers, names, LimitKind.Tokens, limits.Tokens, counted.Tokens);
            Write(headers, names, LimitKind.Parallel, limits.Parallel, counted.Parallel);
            if (take.Account.Id.Kind is AccountKind.Key)
            {
                if (limits.Requests is { } requests) headers["x-litellm-key-rpm-limit"] = Text(requests);
                if (limits.Tokens is { } tokens) headers["x-litellm-key-tpm-limit"] = Text(tokens);
            }

            // Of a key's limits, those of the model count for it, which come after.
            if (take.Account.Id.Kind is AccountKind.Key or AccountKind.KeyModel)
            {
                if (limits.Requests is { } requests) headers[$"x-litellm-key-remaining-requests-{model}"] = Text(Math.Max(0, requests - counted.Requests));
                if (limits.Tokens is { } tokens) headers[$"x-litellm-key-remaining-tokens-{model}"] = Text(Math.Max(0, tokens - counted.Tokens));
            }
        }
    }

    private static void Write(IHeaderDictionary headers, string[] names, LimitKind kind, long? most, long counted)
    {
        if (most is not { } limit) return;
        var at = ((int)kind - 1) * 2;
        (headers[names[at]], headers[names[at + 1]]) = (Text(limit), Text(Math.Max(0, limit - counted)));
    }

    private static string Name(AccountKind kind, string what, LimitKind limit) => $"x-ratelimit-{LimitErrors.NameOf(kind)}-{what}-{LimitErrors.NameOf(limit)}";

    /// <summary>LiteLLM too writes <c>openrouter/google/gemini</c> as <c>openrouter-google-gemini</c>.</summary>
    private static string AsToken(string model) => !model.AsSpan().ContainsAnyExcept(Token) ? model : string.Create(model.Length, model, static (name, model) =>
    {
        for (var i = 0; i < name.Length; i++) name[i] = Token.Contains(model[i]) ? model[i] : '-';
    });

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
