namespace ChatKit.Data.Gateway.Spend;

/// <summary>
/// What somebody spent on a day, with which key, at which model: the sums that reports read, and that stay when the settlements themselves are deleted. Written by the
/// spend writer, in the transaction that stores the settlements it comes from.
/// </summary>
public sealed class DailySpendRow
{
    /// <summary>Whose sum it is, as the kind of account: <c>Global</c>, <c>Key</c>, <c>User</c>, <c>Team</c>, <c>Customer</c>, <c>Tag</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Empty for everybody together.</summary>
    public required string Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The hash of the key; empty for the master key, and where everybody is summed up.</summary>
    public required string KeyHash { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public required string Model { get; init; }

    public required string ModelGroup { get; init; }

    public required string Provider { get; init; }

    /// <summary>Nano-USD, of the settlements whose cost is known.</summary>
    public required long Spend { get; set; }

    public required long PromptTokens { get; set; }

    public required long CompletionTokens { get; set; }

    public required long CacheReadTokens { get; set; }

    public required long CacheCreationTokens { get; set; }

    /// <summary>Settlements.</summary>
    public required long Requests { get; set; }

    /// <summary>Of them, those that brought an answer.</summary>
    public required long Successful { get; set; }

    /// <summary>Of them, those whose price nobody knows: <see cref="Spend"/> says less than was spent.</summary>
    public required long Unpriced { get; set; }
}
