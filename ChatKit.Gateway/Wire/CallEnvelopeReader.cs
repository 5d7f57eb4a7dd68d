using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire;

/// <summary>
/// Reads the envelope of a request. A member that decides what the gateway does must not stand twice: which of the two counts differs between parsers, and a
/// check of the one must not let the other through.
/// </summary>
internal static class CallEnvelopeReader
{
    private const string WholeBody = "request_body";
    private const int InputBit = 2;

    /// <summary>Reads the envelope; a problem where the body is no object, lacks <paramref name="input"/>, or has a wrong value where the gateway reads one.</summary>
    public static RequestProblem? Read(ReadOnlySpan<byte> body, RequiredMember input, out CallEnvelope envelope)
    {
        envelope = CallEnvelope.Empty;
        var members = new List<JsonMember>(8);
        if (JsonMembers.TryRead(body, members, out var start) is { } unreadable) return new RequestProblem($"The request body is {unreadable}.", WholeBody);

        string? model = null, user = null;
        bool stream = false, includeUsage = false;
        TimeSpan? timeout = null;
        int? retries = null;
        ParameterWishes? parameters = null;
        RoutingWishes? routing = null;
        IReadOnlyList<string>? guardrails = null;
        Span<char> memory = stackalloc char[JsonMember.LongestName];
        var seen = 0;
        foreach (var member in members)
        {
            var name = member.Name(body, memory);
            var isInput = name.SequenceEqual(input.Name);
            var bit = isInput ? InputBit : BitOf(name);
            if ((seen & bit) != 0) return Invalid(name, "appears more than once");
            seen |= bit;
            var value = new Utf8JsonReader(member.Value(body), JsonLimits.Options);
            value.Read();
            var wrong = isInput ? CheckInput(ref value, input) : name switch
            {
                "model" => ReadText(ref value, out model),
                "user" => ReadUser(ref value, out user),
                "stream" => ReadFlag(ref value, out stream),
                "stream_options" => ReadStreamOptions(ref value, out includeUsage),
                "timeout" => ReadSeconds(ref value, out timeout),
                "num_retries" => ReadCount(ref value, out retries),
                "drop_params" or "additional_drop_params" or "allowed_openai_params" => ParameterWishes.Read(name, ref value, ref parameters),
                "guardrails" => ReadGuardrails(ref value, out guardrails),
                "api_base" or "base_url" or "api_key" => "is not allowed in a request: where a call goes is configured",
                _ => RoutingWishes.Read(name, ref value, ref routing),
            };
            if (wrong is not null) return Invalid(name, wrong);
        }

        if ((seen & InputBit) == 0 && input.Shape is not MemberShape.Optional) return new RequestProblem($"Missing required parameter: '{input.Name}'.", input.Name);
        envelope = new CallEnvelope
        {
            Model = model,
            User = user,
            Stream = stream,
            IncludeUsage = includeUsage,
            Timeout = timeout,
            Retries = retries,
            Parameters = parameters,
            Routing = routing,
            Guardrails = guardrails,
            ObjectStart = start,
            Members = members,
        };
        return null;
    }

    /// <summary>A bit for each member that must not come twice; 0 for the others.</summary>
    private static int BitOf(ReadOnlySpan<char> name) => name switch
    {
        "model" => 1,
        "stream" => 4,
        "stream_options" => 8,
        "timeout" => 16,
        "num_retries" => 32,
        "fallbacks" => 64,
        "disable_fallbacks" => 128,
        "tags" => 256,
        "allowed_model_region" => 512,
        "guardrails" => 2048,
        "user" => 1024,
        _ => 0,
    };

    private static string? ReadText(ref Utf8JsonReader value, out string? text)
    {
        text = null;
        if (value.TokenType is JsonTokenType.Null) return null;
        if (value.TokenType is not JsonTokenType.String) return "must be a string";
        try
        {
            text = value.GetString();
            return null;
        }
        catch (InvalidOperationException)
        {
            return "is not valid Unicode: it has half of a surrogate pair";
        }
    }

    /// <summary>What is no text is for the provider to refuse.</summary>
    private static string? ReadUser(ref Utf8JsonReader value, out string? user)
    {
        user = null;
        return value.TokenType is JsonTokenType.String && ReadText(ref value, out user) is { } wrong ? wrong : null;
    }

    /// <summary>Looks at the first message; the others are for the provider to judge.</summary>
    private static string? CheckInput(ref Utf8JsonReader value, RequiredMember input)
    {
        if (input.Shape is MemberShape.Optional) return null;
        if (input.Shape is MemberShape.Any) return value.TokenType is JsonTokenType.Null ? "must not be null" : null;
        if (value.TokenType is not JsonTokenType.StartArray) return $"must be an array of {input.Name}";
        value.Read();
        return value.TokenType switch
        {
            JsonTokenType.EndArray => "must not be empty",
            JsonTokenType.StartObject => null,
            _ => "must hold objects",
        };
    }

    private static string? ReadFlag(ref Utf8JsonReader value, out bool flag)
    {
        flag = value.TokenType is JsonTokenType.True;
        return value.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null ? null : "is not true or false";
    }

    private static string? ReadStreamOptions(ref Utf8JsonReader value, out bool includeUsage)
    {
        includeUsage = false;
        if (value.TokenType is JsonTokenType.Null) return null;
        if (value.TokenType is not JsonTokenType.StartObject) return "must be an object";
        while (value.Read() && value.TokenType is JsonTokenType.PropertyName)
        {
            var isUsage = JsonText.Is(ref value, "include_usage"u8);
            value.Read();
            if (isUsage && ReadFlag(ref value, out includeUsage) is { } wrong) return $"has an include_usage that {wrong}";
            value.Skip();
        }

        return null;
    }

    private static string? ReadSeconds(ref Utf8JsonReader value, out TimeSpan? time)
    {
        const double Longest = 1_000_000;
        time = null;
        if (value.TokenType is JsonTokenType.Null) return null;
        if (value.TokenType is not JsonTokenType.Number || !value.TryGetDouble(out var seconds) || seconds is not (> 0 and < Longest))
            return "must be a positive number of seconds";
        time = TimeSpan.FromSeconds(seconds);
        return null;
    }

    private static string? ReadCount(ref Utf8JsonReader value, out int? count)
    {
        const int Most = 100;
        count = null;
        if (value.TokenType is JsonTokenType.Null) return null;
        if (value.TokenType is not JsonTokenType.Number || !value.TryGetInt32(out var number) || number is < 0 or > Most) return $"must be a whole number from 0 to {Most}";
        count = number;
        return null;
    }

    private static string? ReadGuardrails(ref Utf8JsonReader value, out IReadOnlyList<string>? names)
    {
        const string Wrong = "must be a list of names";
        names = null;
        if (value.TokenType is JsonTokenType.Null) return null;
        if (value.TokenType is not JsonTokenType.StartArray) return Wrong;
        var read = new List<string>();
        while (value.Read() && value.TokenType is not JsonTokenType.EndArray)
        {
            if (value.TokenType is not JsonTokenType.String || ReadText(ref value, out var name) is not null) return Wrong;
            read.Add(name!);
        }

        names = read;
        return null;
    }

    private static RequestProblem Invalid(ReadOnlySpan<char> name, string what) => new($"Invalid '{name}': {what}.", name.ToString());
}
