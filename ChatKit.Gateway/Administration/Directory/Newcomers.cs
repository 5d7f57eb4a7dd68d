using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Gives a new row what the configuration says it gets where the request said nothing.</summary>
internal static class Newcomers
{
    /// <summary>Fills what the row leaves open, and returns the models for a row that has none.</summary>
    public static List<string> Fill(NewcomerDefaults defaults, AllowanceRow row, List<string> models)
    {
        row.MaxBudget ??= defaults.MaxBudget;
        row.BudgetDuration ??= defaults.BudgetDuration;
        row.TpmLimit ??= defaults.TpmLimit;
        row.RpmLimit ??= defaults.RpmLimit;
        return models.Count > 0 ? models : [.. defaults.Models];
    }
}
