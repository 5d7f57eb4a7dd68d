using System.Globalization;
using ChatKit.ServiceDefaults.Models;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>How much one person may ask for, and what it may cost.</summary>
public static class LimitChecks
{
    public const string ChatVariable = "CHATKIT_RATE_LIMIT";
    public const string UploadVariable = "CHATKIT_UPLOAD_LIMIT";
    public const string BudgetVariable = "CHATKIT_USER_BUDGET";
    public const string PeriodVariable = "CHATKIT_USER_BUDGET_DURATION";

    internal static Finding Chat(VariableReading limit) => limit.Ok(limit.Value is null ? "not set: 100 requests per person and minute" : "set");

    internal static Finding Uploads(VariableReading limit) => limit.Ok(limit.Value is null ? "not set: 10 uploads per person and minute" : "set");

    internal static Finding Budget(VariableReading budget) => budget.Ok(budget.Value is null ? "not set: people have no budgets of their own" : "set");

    internal static Finding Period(VariableReading period) => period.Value switch
    {
        null when period.Of(BudgetVariable) is not null => period.Warn("not set: a person's budget is for ever, and never full again"),
        null => period.Ok("not set"),
        _ => period.Ok("set"),
    };

    internal static IEnumerable<VariableProblem> Problems(IConfiguration configuration)
    {
        foreach (var variable in (string[])[ChatVariable, UploadVariable])
        {
            if (Given(configuration, variable) is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                yield return new(variable, "is not a whole number (0 switches the limit off)");
        }

        if (Given(configuration, BudgetVariable) is { } budget)
        {
            if (!decimal.TryParse(budget, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) || dollars <= 0)
                yield return new(BudgetVariable, "is not a number of US dollars");
            if (ModelProvider.From(configuration).Name != ModelProvider.LiteLlm)
                yield return new(BudgetVariable, "needs MODEL_PROVIDER=litellm: the gateway keeps the budgets");
            else if (Given(configuration, KeyChecks.MasterKey) is null)
                yield return new(BudgetVariable, $"needs {KeyChecks.MasterKey}, with which the backend makes a key for each person");
        }

        if (Given(configuration, PeriodVariable) is { } period && !IsPeriod(period))
            yield return new(PeriodVariable, "is not a duration such as 30d, 24h or 1mo");
    }

    private static bool IsPeriod(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 6 && text[digits..] is "s" or "m" or "h" or "d" or "w" or "mo";
    }

    private static string? Given(IConfiguration configuration, string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? value : null;
}
