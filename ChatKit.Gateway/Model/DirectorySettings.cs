namespace ChatKit.Gateway.Model;

/// <summary>What new teams and users get where whoever makes them says nothing, and what is written down about changes.</summary>
internal sealed record DirectorySettings
{
    /// <summary><c>litellm_settings.default_team_params</c>.</summary>
    public NewcomerDefaults NewTeam { get; init; } = NewcomerDefaults.None;

    /// <summary><c>litellm_settings.default_internal_user_params</c>: for users of every role but proxy admins.</summary>
    public NewcomerDefaults NewUser { get; init; } = NewcomerDefaults.None;

    /// <summary>The role of a user who is made without one.</summary>
    public string? NewUserRole { get; init; }

    /// <summary>The teams that a user gets into who is made without any.</summary>
    public IReadOnlyList<NewcomerTeam> NewUserTeams { get; init; } = [];

    /// <summary><c>litellm_settings.max_internal_user_budget</c> and <c>internal_user_budget_duration</c>: for <c>internal_user</c>s alone.</summary>
    public NewcomerDefaults InternalUser { get; init; } = NewcomerDefaults.None;

    /// <summary><c>store_audit_logs</c>: whether changes become rows. The log tells them in any case.</summary>
    public bool KeepsAuditLog { get; init; } = true;
}

/// <summary>Limits that stand where nobody set others. Money is nano-USD.</summary>
internal sealed record NewcomerDefaults(long? MaxBudget, string? BudgetDuration, long? TpmLimit, long? RpmLimit, IReadOnlyList<string> Models)
{
    public static NewcomerDefaults None { get; } = new(null, null, null, null, []);
}

/// <summary>A team that new users get into.</summary>
internal sealed record NewcomerTeam(string TeamId, string Role, long? MaxBudget);
