using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Model.Accounts;

/// <summary>How long a budget lasts, as requests write it.</summary>
internal static class BudgetDuration
{
    /// <summary>Reads <c>30s</c>, <c>30m</c>, <c>30h</c>, <c>30d</c>, <c>2w</c>, <c>1mo</c>.</summary>
    public static string? Duration(this RequestFields fields, string name)
    {
        if (fields.Text(name) is not { } text) return null;
        return BudgetPeriod.TryParse(text, DateTime.UnixEpoch, out _) ? text : fields.Wrong<string>(name, "must be a number and one of s, m, h, d, w, mo, such as 30d");
    }
}
