using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire;

/// <summary>
/// What a client's body says about the way of its call (https://docs.litellm.ai/docs/proxy/reliability, https://docs.litellm.ai/docs/proxy/tag_routing).
/// Read only where one of these members stands there.
/// </summary>
internal sealed class RoutingWishes
{
    private const string NotFallbacks = "must be a list of model names, or of objects such as {\"a\": [\"b\", \"c\"]}";

    public FallbackMap? Fallbacks { get; private set; }

    public FallbackMap? ContextWindowFallbacks { get; private set; }

    public FallbackMap? ContentPolicyFallbacks { get; private set; }

    public bool DisableFallbacks { get; private set; }

    /// <summary><c>mock_testing_fallbacks</c>: the first group is taken as failed, so that one sees the fallbacks at work.</summary>
    public bool TestFallbacks { get; private set; }

    /// <summary>From <c>tags</c>, <c>metadata.tags</c> and <c>litellm_metadata.tags</c>.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary><c>allowed_model_region</c>: no deployment elsewhere may be asked.</summary>
    public string? Region { get; private set; }

    /// <summary><c>mock_response</c>: what to answer without calling anybody, for those who may order that.</summary>
    public string? MockResponse { get; private set; }

    /// <summary>Takes the member where it is one of these; says what is wrong with its value.</summary>
    public static string? Read(scoped ReadOnlySpan<char> name, ref Utf8JsonReader value, ref RoutingWishes? wishes) => name switch
    {
        "fallbacks" or "context_window_fallbacks" or "content_policy_fallbacks" => (wishes ??= new()).ReadFallbacks(name, ref value),
        "disable_fallbacks" or "mock_testing_fallbacks" => (wishes ??= new()).ReadFlag(name, ref value),
        "tags" => (wishes ??= new()).ReadTags(ref value),
        "metadata" or "litellm_metadata" => ReadMetadata(ref value, ref wishes),
        "mock_response" => (wishes ??= new()).ReadMock(ref value),
        "allowed_model_region" => (wishes ??= new()).ReadRegion(ref value),
        _ => null,
    };

    private string? ReadFallbacks(scoped ReadOnlySpan<char> name, ref Utf8JsonReader value)
    {
        if (value.TokenType is JsonTokenType.Null) return null;
        if (TryReadMap(ref value) is not { } map) return NotFallbacks;
        if (name is "fallbacks") Fallbacks = map;
        else if (name is "context_window_fallbacks") ContextWindowFallbacks = map;
        else ContentPolicyFallbacks = map;
        return null;
    }

    private static FallbackMap? TryReadMap(ref Utf8JsonReader value)
    {
        if (value.TokenType is not JsonTokenType.StartArray) return null;
        var byGroup = new Dictionary<string, IReadOnlyList<string>>();
        List<string>? forAnything = null;
        while (value.Read() && value.TokenType is not JsonTokenType.EndArray)
        {
            if (value.TokenType is JsonTokenType.String && TryText(ref value) is { } model) (forAnything ??= []).Add(model);
            else if (value.TokenType is not JsonTokenType.StartObject || !TryReadEntry(ref value, byGroup, ref forAnything)) return null;
        }

        if (forAnything is not null) byGroup[FallbackMap.Anything] = forAnything;
        return new FallbackMap(byGroup);
    }

    /// <summary><c>{"a": ["b"]}</c>, or <c>{"model": "b"}</c>, which is LiteLLM's longer form of a name.</summary>
    private static bool TryReadEntry(ref Utf8JsonReader value, Dictionary<string, IReadOnlyList<string>> byGroup, ref List<string>? forAnything)
    {
        while (value.Read() && value.TokenType is JsonTokenType.PropertyName)
        {
            if (TryText(ref value) is not { } group) return false;
            value.Read();
            if (value.TokenType is JsonTokenType.String && group is "model" && TryText(ref value) is { } model) (forAnything ??= []).Add(model);
            else if (TryTexts(ref value) is { } models) byGroup[group] = models;
            else return false;
        }

        return true;
    }

    private string? ReadFlag(scoped ReadOnlySpan<char> name, ref Utf8JsonReader value)
    {
        if (value.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)) return "is not true or false";
        var isSet = value.TokenType is JsonTokenType.True;
        if (name is "disable_fallbacks") DisableFallbacks = isSet;
        else TestFallbacks = isSet;
        return null;
    }

    private string? ReadTags(ref Utf8JsonReader value)
    {
        if (value.TokenType is JsonTokenType.Null) return null;
        if (TryTexts(ref value) is not { } tags) return "must be a list of texts";
        Tags = [.. Tags, .. tags];
        return null;
    }

    /// <summary>Metadata is the client's own; of tags in it that are no list of texts nothing is said.</summary>
    private static string? ReadMetadata(ref Utf8JsonReader value, ref RoutingWishes? wishes)
    {
        if (value.TokenType is not JsonTokenType.StartObject) return null;
        while (value.Read() && value.TokenType is JsonTokenType.PropertyName)
        {
            var isTags = JsonText.Is(ref value, "tags"u8);
            value.Read();
            if (isTags && TryTexts(ref value) is { } tags)
            {
                wishes ??= new();
                wishes.Tags = [.. wishes.Tags, .. tags];
            }
            else value.Skip();
        }

        return null;
    }

    private string? ReadMock(ref Utf8JsonReader value)
    {
        if (value.TokenType is JsonTokenType.String) MockResponse = TryText(ref value);
        else value.Skip();
        return null;
    }

    private string? ReadRegion(ref Utf8JsonReader value)
    {
        if (value.TokenType is JsonTokenType.Null) return null;
        Region = value.TokenType is JsonTokenType.String ? TryText(ref value) : null;
        return Region is null ? "must be a region, e.g. \"eu\"" : null;
    }

    /// <summary>Null where it is no list of texts. The reader then stands anywhere in the value.</summary>
    private static List<string>? TryTexts(ref Utf8JsonReader value)
    {
        if (value.TokenType is not JsonTokenType.StartArray) return null;
        var texts = new List<string>();
        while (value.Read() && value.TokenType is not JsonTokenType.EndArray)
        {
            if (value.TokenType is not JsonTokenType.String || TryText(ref value) is not { } text) return null;
            texts.Add(text);
        }

        return texts;
    }

    private static string? TryText(ref Utf8JsonReader value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can escape, is no text.
            return null;
        }
    }
}
