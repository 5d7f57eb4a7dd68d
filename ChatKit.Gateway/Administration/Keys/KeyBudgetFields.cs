using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>The limits of a key for single models, and its several budgets at once; checked to the last member before they are stored as they were sent.</summary>
internal static class KeyBudgetFields
{
    public static void Apply(RequestFields body, VirtualKeyRow key)
    {
        if (body.Has("model_max_budget")) key.ModelMaxBudget = ModelBudgets(body);
        if (body.Has("model_rpm_limit")) key.ModelRpmLimit = Counts(body, "model_rpm_limit");
        if (body.Has("model_tpm_limit")) key.ModelTpmLimit = Counts(body, "model_tpm_limit");
        if (body.Has("budget_limits")) key.BudgetLimits = Budgets(body);
    }

    /// <summary><c>{"gpt-4o": {"budget_limit": 0.5, "time_period": "1d"}}</c>, or just the amount.</summary>
    private static string? ModelBudgets(RequestFields body)
    {
        if (body.Section("model_max_budget") is not { } models) return null;
        foreach (var model in models.Names)
        {
            if (models.IsObject(model) && models.Section(model) is { } budget)
            {
                if (budget.Dollars("budget_limit") is null && !budget.Has("budget_limit")) budget.Wrong<string>("budget_limit", "is required");
                budget.Duration("time_period");
            }
            else
            {
                models.Dollars(model);
            }
        }

        return body.Json("model_max_budget");
    }

    private static string? Counts(RequestFields body, string name)
    {
        if (body.Section(name) is not { } models) return null;
        foreach (var model in models.Names) models.LargeCount(model);
        return body.Json(name);
    }

    /// <summary><c>[{"budget_duration": "1d", "max_budget": 5}, {"budget_duration": "30d", "max_budget": 50}]</c></summary>
    private static string? Budgets(RequestFields body)
    {
        foreach (var budget in body.Sections("budget_limits"))
        {
            if (budget.Dollars("max_budget") is null && !budget.Has("max_budget")) budget.Wrong<string>("max_budget", "is required");
            budget.Duration("budget_duration");
        }

        return body.IsObject("budget_limits") ? $"[{body.Raw("budget_limits")}]" : body.Raw("budget_limits");
    }
}
