namespace ChatKit.Gateway.Model;

/// <summary>
/// How an almost-OpenAI request differs, as data: the provider class applies it while it copies the client's JSON. Everything not named passes.
/// </summary>
internal sealed record RequestQuirks
{
    /// <summary>OpenAI itself and those who follow it to the letter: the client's bytes pass.</summary>
    public static RequestQuirks None { get; } = new();

    /// <summary>
    /// The common case. <c>max_tokens</c> is the one limit that everybody knows, and few know the role <c>developer</c>, which OpenAI's SDKs send
    /// since 2025 in place of <c>system</c>.
    /// </summary>
    public static RequestQuirks Compatible { get; } = new()
    {
        Renames = [new("max_completion_tokens", "max_tokens")],
        MessageValues = [new("role", "developer", "system")],
    };

    /// <summary>Top-level members that the provider knows by another name. Where the client sent both, the renamed one wins.</summary>
    public IReadOnlyList<MemberRename> Renames { get; init; } = [];

    /// <summary>Top-level members that the provider rejects. With <c>stream_options</c> here, the gateway does not add it either.</summary>
    public IReadOnlyList<string> Drops { get; init; } = [];

    /// <summary>
    /// Top-level members that the provider answers with an error, and without which the answer would be another: they refuse the call, unless it has
    /// <c>drop_params</c>.
    /// </summary>
    public IReadOnlyList<string> Refuses { get; init; } = [];

    /// <summary>Top-level string values that the provider calls differently.</summary>
    public IReadOnlyList<ValueRename> Values { get; init; } = [];

    /// <summary>Members of each message that the provider rejects.</summary>
    public IReadOnlyList<string> MessageDrops { get; init; } = [];

    /// <summary>String values in each message that the provider calls differently.</summary>
    public IReadOnlyList<ValueRename> MessageValues { get; init; } = [];

    /// <summary>The ids of tool calls have to be so many letters and digits; null where any will do.</summary>
    public int? ToolCallIdLength { get; init; }

    /// <summary>Reasoning is a part of the content, which is an array then, in requests and in answers.</summary>
    public bool ReasonsInContent { get; init; }

    /// <summary>A last message of the assistant, which the model is to continue, has to say so: <c>prefix</c>.</summary>
    public bool MarksPrefix { get; init; }

    /// <summary>True where a quirk concerns messages.</summary>
    public bool ConcernsMessages => MessageDrops.Count > 0 || MessageValues.Count > 0 || ToolCallIdLength is not null || ReasonsInContent || MarksPrefix;

    /// <summary>What the provider understands beyond OpenAI's words.</summary>
    public ChatExtensions Extensions { get; init; }

    /// <summary>False where the provider sends usage at the end of a stream unasked and rejects the question.</summary>
    public bool AcceptsStreamOptions => !Drops.Contains("stream_options");
}

/// <summary>A member that travels under another name.</summary>
internal sealed record MemberRename(string From, string To);

/// <summary>A string value of one member that travels as another.</summary>
internal sealed record ValueRename(string Member, string From, string To);
