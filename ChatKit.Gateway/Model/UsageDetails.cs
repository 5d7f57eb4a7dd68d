namespace ChatKit.Gateway.Model;

/// <summary>The parts of a usage that are priced differently from plain text, and what is counted in other units than tokens.</summary>
internal sealed record UsageDetails
{
    /// <summary>Of the tokens written to the provider's cache, those that stay for an hour.</summary>
    public long CacheCreationHour { get; init; }

    /// <summary>Of the input's tokens, those that were sound.</summary>
    public long AudioInput { get; init; }

    /// <summary>Of the output's tokens, those that are sound.</summary>
    public long AudioOutput { get; init; }

    /// <summary>Of the input's tokens, those that were pictures.</summary>
    public long ImageInput { get; init; }

    /// <summary>Of the output's tokens, those that are pictures.</summary>
    public long ImageOutput { get; init; }

    /// <summary>Pictures that were made.</summary>
    public int Images { get; init; }

    /// <summary>Seconds of sound that were listened to, or of computing where that is what is sold.</summary>
    public decimal Seconds { get; init; }

    /// <summary>Characters that were spoken.</summary>
    public long Characters { get; init; }

    /// <summary>Search units of a reranker.</summary>
    public long Queries { get; init; }

    public ServiceTier Tier { get; init; }

    /// <summary>The same, or null where it says nothing: most calls need no memory for it.</summary>
    public static UsageDetails? Unless(UsageDetails details) => details == Nothing ? null : details;

    private static UsageDetails Nothing { get; } = new();
}

/// <summary>How urgent a call was, as its provider says in the answer; the price follows.</summary>
internal enum ServiceTier
{
    Standard,

    /// <summary>Answered within a day: https://platform.openai.com/docs/guides/batch</summary>
    Batch,

    /// <summary>Answered when there is room: https://platform.openai.com/docs/guides/flex-processing</summary>
    Flex,

    /// <summary>Answered before others: https://platform.openai.com/docs/guides/priority-processing</summary>
    Priority,
}

/// <summary>Providers' words for their tiers.</summary>
internal static class ServiceTiers
{
    /// <summary><c>default</c>, <c>standard</c> and what nobody knows cost what is published.</summary>
    public static ServiceTier Parse(ReadOnlySpan<char> word) => word switch
    {
        "batch" => ServiceTier.Batch,
        "flex" => ServiceTier.Flex,
        "priority" => ServiceTier.Priority,
        _ => ServiceTier.Standard,
    };
}
