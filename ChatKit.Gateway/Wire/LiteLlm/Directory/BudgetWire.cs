using System.Text.Json;

namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>
/// Limits with a name (https://docs.litellm.ai/docs/proxy/users, <c>/budget/new</c>):
/// <code>{"budget_id":"free","max_budget":10,"soft_budget":null,"budget_duration":"30d","budget_reset_at":"2026-12-01T00:00:00Z","tpm_limit":null,"rpm_limit":60,…}</code>
/// </summary>
internal sealed record BudgetWire(string? BudgetId) : AllowanceWire
{
    public JsonElement? ModelMaxBudget { get; init; }

    public string? CreatedBy { get; init; }

    public string? UpdatedBy { get; init; }
}
