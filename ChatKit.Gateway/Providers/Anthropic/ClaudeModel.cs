namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// What a model of the Claude family can do, by its name, which the clouds wrap in prefixes and versions (<c>us.anthropic.claude-sonnet-4-5-20250929-v1:0</c>).
/// Sources: https://platform.claude.com/docs/en/about-claude/models/overview, /build-with-claude/structured-outputs, /build-with-claude/adaptive-thinking and
/// /build-with-claude/effort. A name that is not known is newer than this list, and can do what the newest can.
/// </summary>
internal sealed record ClaudeModel
{
    private static readonly ClaudeModel Newest = new() { HasStructuredOutput = true, Thinks = true, IsAdaptive = true, RefusesSampling = true, HasExtraHighEffort = true };

    /// <summary>By a piece of the name; the first that fits counts.</summary>
    private static readonly (string Name, ClaudeModel Model)[] Known =
    [
        ("claude-opus-4-6", Newest with { RefusesSampling = false, HasExtraHighEffort = false }),
        ("claude-sonnet-4-6", Newest with { RefusesSampling = false, HasExtraHighEffort = false }),
        ("claude-opus-4-5", new() { HasStructuredOutput = true, Thinks = true }),
        ("claude-sonnet-4-5", new() { HasStructuredOutput = true, Thinks = true }),
        ("claude-haiku-4-5", new() { HasStructuredOutput = true, Thinks = true }),
        ("claude-opus-4-1", new() { HasStructuredOutput = true, Thinks = true }),
        ("claude-opus-4-2", new() { Thinks = true }),
        ("claude-opus-4-0", new() { Thinks = true }),
        ("claude-opus-4@", new() { Thinks = true }),
        ("claude-sonnet-4-2", new() { Thinks = true }),
        ("claude-sonnet-4-0", new() { Thinks = true }),
        ("claude-sonnet-4@", new() { Thinks = true }),
        ("claude-3-7", new() { Thinks = true }),
        ("claude-3", new()),
        ("claude-2", new()),
        ("claude-v2", new()),
        ("claude-instant", new()),
    ];

    /// <summary><c>output_config.format</c>: answers that fit a schema.</summary>
    public bool HasStructuredOutput { get; private init; }

    /// <summary>Extended thinking in any form.</summary>
    public bool Thinks { get; private init; }

    /// <summary>Thinks as much as it needs, guided by <c>output_config.effort</c>, in place of a budget of tokens.</summary>
    public bool IsAdaptive { get; private init; }

    /// <summary><c>temperature</c>, <c>top_p</c> and <c>top_k</c> answer 400.</summary>
    public bool RefusesSampling { get; private init; }

    /// <summary>Knows the effort <c>xhigh</c>; before, the most was <c>max</c>.</summary>
    public bool HasExtraHighEffort { get; private init; }

    public static ClaudeModel Of(string name)
    {
        foreach (var (known, model) in Known)
        {
            if (name.Contains(known, StringComparison.OrdinalIgnoreCase)) return model;
        }

        // Servers that only speak the dialect get no words that are newer than it.
        return name.Contains("claude", StringComparison.OrdinalIgnoreCase) ? Newest : new ClaudeModel();
    }
}
