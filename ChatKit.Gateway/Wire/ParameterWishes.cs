using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire;

/// <summary>
/// What a client's body says about parameters that the provider does not know: LiteLLM's <c>drop_params</c>, <c>additional_drop_params</c> and
/// <c>allowed_openai_params</c> (https://docs.litellm.ai/docs/completion/drop_params). It stands above what is configured.
/// </summary>
internal sealed record ParameterWishes
{
    /// <summary><c>drop_params</c>; null where it is not given.</summary>
    public bool? Drops { get; init; }

    public IReadOnlyList<JsonPath> AlwaysDropped { get; init; } = [];

    public IReadOnlyList<string> AlwaysSent { get; init; } = [];

    /// <summary>Adds what one member says; the reason where it says something else than it should.</summary>
    public static string? Read(scoped ReadOnlySpan<char> member, ref Utf8JsonReader value, ref ParameterWishes? wishes)
    {
        if (value.TokenType is JsonTokenType.Null) return null;
        var known = wishes ?? new ParameterWishes();
        if (member is "drop_params")
        {
            if (value.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return "is not true or false";
            wishes = known with { Drops = value.TokenType is JsonTokenType.True };
            return null;
        }

        if (ReadNames(ref value, out var names) is { } wrong) return wrong;
        if (member is "allowed_openai_params")
        {
            wishes = known with { AlwaysSent = names };
            return null;
        }

        var paths = names.ConvertAll(static name => JsonPath.TryParse(name));
        if (paths.Contains(null)) return "holds something that is not a path such as 'seed', 'a.b' or 'tools[*].x'";
        wishes = known with { AlwaysDropped = paths! };
        return null;
    }

    private static string? ReadNames(ref Utf8JsonReader value, out List<string> names)
    {
        const string What = "must be an array of names";
        names = [];
        if (value.TokenType is not JsonTokenType.StartArray) return What;
        while (value.Read() && value.TokenType is JsonTokenType.String)
        {
            try
            {
                names.Add(value.GetString()!);
            }
            catch (InvalidOperationException)
            {
                return "is not valid Unicode: it has half of a surrogate pair";
            }
        }

        return value.TokenType is JsonTokenType.EndArray ? null : What;
    }
}
