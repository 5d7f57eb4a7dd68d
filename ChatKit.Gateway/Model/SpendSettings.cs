namespace ChatKit.Gateway.Model;

/// <summary>What is kept of spend, and for how long.</summary>
internal sealed record SpendSettings
{
    public static SpendSettings Default { get; } = new();

    /// <summary><c>proxy_batch_write_at</c>: how often the journal is emptied into the database.</summary>
    public TimeSpan WriteInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>disable_spend_logs</c>: no row for each settlement; sums and budgets go on.</summary>
    public bool OnlySums { get; init; }

    /// <summary><c>store_prompts_in_spend_logs</c>, unless <c>turn_off_message_logging</c>: what was sent and answered is kept beside its cost.</summary>
    public bool KeepsTexts { get; init; }

    /// <summary><c>maximum_spend_logs_retention_period</c>; null for ever.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary><c>maximum_spend_logs_retention_interval</c>: how often what is too old is deleted.</summary>
    public TimeSpan RetentionInterval { get; init; } = TimeSpan.FromDays(1);
}
