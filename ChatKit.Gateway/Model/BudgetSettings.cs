using System.Collections.Frozen;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Model;

/// <summary>What the configuration says about money and pace, besides what keys, users and teams have of their own.</summary>
internal sealed record BudgetSettings
{
    public static BudgetSettings Default { get; } = new();

    /// <summary>All calls together: <c>litellm_settings.max_budget</c>, <c>general_settings.global_max_parallel_requests</c>; null where nothing limits them.</summary>
    public Account? Global { get; init; }

    /// <summary><c>router_settings.provider_budget_config</c>: by the provider's prefix.</summary>
    public FrozenDictionary<string, Account> Providers { get; init; } = FrozenDictionary<string, Account>.Empty;

    /// <summary><c>litellm_settings.tag_budget_config</c>: by tag.</summary>
    public FrozenDictionary<string, Account> Tags { get; init; } = FrozenDictionary<string, Account>.Empty;

    /// <summary><c>litellm_settings.max_end_user_budget</c>: of each customer who has none of their own.</summary>
    public Budget? OfCustomers { get; init; }

    /// <summary>What counts as a token in a minute's limit: <c>general_settings.token_rate_limit_type</c>.</summary>
    public CountedTokens CountedTokens { get; init; }

    /// <summary>A call is refused where it cannot be known what was spent: <c>general_settings.fail_closed_budget_enforcement</c>.</summary>
    public bool FailsClosed { get; init; }

    /// <summary>A user's budget counts for the keys of their teams too: <c>general_settings.apply_user_budget_to_team_keys</c>.</summary>
    public bool BoundsUsersInTeams { get; init; }

    /// <summary>Who is told when a budget comes to its end.</summary>
    public AlertSettings Alerts { get; init; } = AlertSettings.None;
}

/// <summary>Which tokens of a call count.</summary>
internal enum CountedTokens
{
    Total,
    Input,
    Output,
}

/// <summary>Where news of budgets go: <c>general_settings.alerting</c>, and an address for each kind in the environment.</summary>
/// <param name="Webhook">Takes LiteLLM's events.</param>
/// <param name="Chat">Takes a line of text, as Slack's incoming webhooks and their imitators do.</param>
internal sealed record AlertSettings(Uri? Webhook, Uri? Chat)
{
    public static AlertSettings None { get; } = new(null, null);
}
