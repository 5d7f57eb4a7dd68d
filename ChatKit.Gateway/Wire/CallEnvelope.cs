using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire;

/// <summary>
/// What the spine reads of a JSON request, whichever API it is for; the rest passes through unread.
/// Ranges are byte offsets into the body, so that a rewrite splices bytes and everything else survives as it came.
/// </summary>
internal sealed record CallEnvelope
{
    /// <summary>Before anything was read.</summary>
    public static CallEnvelope Empty { get; } = new();

    /// <summary>The requested model; null where the body has none (the path may name it).</summary>
    public string? Model { get; init; }

    /// <summary><c>stream</c>.</summary>
    public bool Stream { get; init; }

    /// <summary><c>stream_options.include_usage</c>: the client asked for the usage chunk.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>LiteLLM's <c>timeout</c> in the body: how long this call may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>LiteLLM's <c>num_retries</c> in the body.</summary>
    public int? Retries { get; init; }

    /// <summary><c>user</c>: for whom the caller calls; null where it names nobody, or in a way that only the provider understands.</summary>
    public string? User { get; init; }

    /// <summary>What the client wants done with parameters that the provider does not know; null where it says nothing.</summary>
    public ParameterWishes? Parameters { get; init; }

    /// <summary>What the body says about fallbacks, tags and region; null where nothing.</summary>
    public RoutingWishes? Routing { get; init; }

    /// <summary>LiteLLM's <c>guardrails</c>: those that this call asks for by name; null where it names none.</summary>
    public IReadOnlyList<string>? Guardrails { get; init; }

    /// <summary>Where the object opens: 0 unless white space comes first.</summary>
    public int ObjectStart { get; init; }

    /// <summary>Every top-level member, in order.</summary>
    public IReadOnlyList<JsonMember> Members { get; init; } = [];
}
