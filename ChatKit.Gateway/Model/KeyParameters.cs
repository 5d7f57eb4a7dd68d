namespace ChatKit.Gateway.Model;

/// <summary>What the configuration says about keys that are yet to be made (https://docs.litellm.ai/docs/proxy/virtual_keys#default-keygenerate-params). Null is nothing.</summary>
internal sealed record KeyParameters
{
    public static KeyParameters None { get; } = new();

    /// <summary>Nano-USD.</summary>
    public long? MaxBudget { get; init; }

    /// <summary><c>30d</c>; checked when the file is read.</summary>
    public string? BudgetDuration { get; init; }

    /// <summary><c>30d</c>; checked when the file is read.</summary>
    public string? Duration { get; init; }

    public long? TpmLimit { get; init; }

    public long? RpmLimit { get; init; }

    public int? MaxParallelRequests { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>A JSON object.</summary>
    public string? Metadata { get; init; }
}
