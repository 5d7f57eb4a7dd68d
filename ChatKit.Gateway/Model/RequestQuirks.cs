namespace ChatKit.Gateway.Model;

/// <summary>
/// How an almost-OpenAI request differs, as data: the provider class applies it while it copies the client's JSON. Everything not named passes.
/// </summary>
internal sealed record RequestQuirks
{
    public static RequestQuirks None { get; } = new();

    /// <summary>Top-level members that the provider knows by another name. Where the client sent both, the renamed one wins.</summary>
    public IReadOnlyList<MemberRename> Renames { get; init; } = [];

    /// <summary>Top-level members that the provider rejects. With <c>stream_options</c> here, the gateway does not add it either.</summary>
    public IReadOnlyList<string> Drops { get; init; } = [];

    /// <summary>Members of each message that the provider rejects.</summary>
    public IReadOnlyList<string> MessageDrops { get; init; } = [];

    /// <summary>Top-level string values that the provider calls differently.</summary>
    public IReadOnlyList<ValueRename> Values { get; init; } = [];

    public bool IsEmpty => Renames.Count + Drops.Count + MessageDrops.Count + Values.Count == 0;

    /// <summary>False where the provider sends usage at the end of a stream unasked and rejects the question.</summary>
    public bool AcceptsStreamOptions => !Drops.Contains("stream_options");
}

/// <summary>A member that travels under another name.</summary>
internal sealed record MemberRename(string From, string To);

/// <summary>A string value of one member that travels as another.</summary>
internal sealed record ValueRename(string Member, string From, string To);
