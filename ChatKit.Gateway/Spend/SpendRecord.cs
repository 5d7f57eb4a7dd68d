using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Spend;

/// <summary>
/// One settlement: what an attempt at a provider, or an answer out of the cache, cost and whom. It is the journal's entry, so members are only ever added: what
/// an older version left behind is still read.
/// </summary>
internal sealed record SpendRecord
{
    public required string RequestId { get; init; }

    public required string CallType { get; init; }

    /// <summary>Nano-USD; null where the price is not known.</summary>
    public long? Cost { get; init; }

    public long PromptTokens { get; init; }

    public long CompletionTokens { get; init; }

    public long CacheReadTokens { get; init; }

    public long CacheCreationTokens { get; init; }

    public long ReasoningTokens { get; init; }

    public bool IsEstimated { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime EndedAt { get; init; }

    /// <summary>UTC; null where no content came.</summary>
    public DateTime? FirstContentAt { get; init; }

    public required string Model { get; init; }

    public required string ModelId { get; init; }

    public required string ModelGroup { get; init; }

    public required string Provider { get; init; }

    public string ApiBase { get; init; } = "";

    /// <summary>Empty for the master key.</summary>
    public string KeyHash { get; init; } = "";

    public string? KeyAlias { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public string? TeamAlias { get; init; }

    public string? OrganizationId { get; init; }

    public string? EndUser { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool CacheHit { get; init; }

    public string? IpAddress { get; init; }

    public string? SessionId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>From 1; what came before it in the same call failed, or was given up.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Why the attempt was made; null for the first.</summary>
    public string? AttemptKind { get; init; }

    /// <summary>Null for a success.</summary>
    public SpendFailure? Failure { get; init; }

    /// <summary>What the client wants to find again beside its calls: a JSON object.</summary>
    public string? ClientMetadata { get; init; }

    /// <summary>What was sent, where that is kept: JSON.</summary>
    public string? Messages { get; init; }

    /// <summary>What was answered, where that is kept.</summary>
    public string? Response { get; init; }

    /// <summary>Periods of budgets that the cost counts in, besides the sums of all times.</summary>
    public IReadOnlyList<ChargedPeriod>? Periods { get; init; }
}

/// <summary>How an attempt failed.</summary>
internal sealed record SpendFailure(int Status, string Type, string Message, bool ClientLeft);

/// <summary>A period of an account's budget, by its beginning (UTC).</summary>
internal readonly record struct ChargedPeriod(AccountKind Kind, string Id, DateTime Start);
