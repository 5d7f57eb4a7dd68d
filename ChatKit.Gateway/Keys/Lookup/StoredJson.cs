using System.Collections.Frozen;
using System.Text.Json;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>The objects that rows hold as JSON. Endpoints checked them before they were stored; what does not have its shape all the same counts as not there.</summary>
internal static class StoredJson
{
    private const decimal NanosPerDollar = 1_000_000_000m;

    /// <summary>Names and texts; the later of two objects wins.</summary>
    public static FrozenDictionary<string, string> Texts(params ReadOnlySpan<string?> objects)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var json in objects)
        {
            foreach (var member in Members(json))
            {
                if (member.Value.ValueKind is JsonValueKind.String) texts[member.Name] = member.Value.GetString()!;
            }
        }

        return texts.Count == 0 ? FrozenDictionary<string, string>.Empty : texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The texts of a list inside an object.</summary>
    public static IEnumerable<string> List(string? json, string name)
    {
        if (json is null || JsonElement.Parse(json) is not { ValueKind: JsonValueKind.Object } members || !members.TryGetProperty(name, out var list) || list.ValueKind is not JsonValueKind.Array) return [];
        return list.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!);
    }

    /// <summary>Names and whole numbers.</summary>
    public static Dictionary<string, long> Numbers(string? json)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var member in Members(json))
        {
            if (member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetInt64(out var number)) numbers[member.Name] = number;
        }

        return numbers;
    }

    /// <summary>https://docs.litellm.ai/docs/proxy/users#virtual-key-model-specific: model → <c>{"budget_limit": 0.5, "time_period": "1d"}</c>, or just the amount.</summary>
    public static Dictionary<string, Budget> ModelBudgets(string? json, DateTime createdAt)
    {
        var budgets = new Dictionary<string, Budget>(StringComparer.Ordinal);
        foreach (var member in Members(json))
        {
            if (BudgetOf(member.Value, "budget_limit", "time_period", createdAt) is { } budget) budgets[member.Name] = budget;
        }

        return budgets;
    }

    /// <summary>Several periods at once: <c>[{"budget_duration": "1d", "max_budget": 5}]</c>.</summary>
    public static IReadOnlyList<Budget> Budgets(string? json, DateTime createdAt) => json is null
        ? []
        : [.. JsonElement.Parse(json).EnumerateArray().Select(item => BudgetOf(item, "max_budget", "budget_duration", createdAt)).OfType<Budget>()];

    public static bool IsTrue(string? json, string name) => json is not null && JsonElement.Parse(json) is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var flag) && flag.ValueKind is JsonValueKind.True;

    private static Budget? BudgetOf(JsonElement value, string amount, string period, DateTime createdAt)
    {
        if (Dollars(value) is { } plain) return new Budget(plain, null, BudgetPeriod.Endless);
        if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(amount, out var limit) || Dollars(limit) is not { } most) return null;
        var duration = value.TryGetProperty(period, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
        return new Budget(most, null, BudgetPeriod.TryParse(duration, createdAt, out var parsed) ? parsed : BudgetPeriod.Endless);
    }

    private static long? Dollars(JsonElement value) => value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var dollars) ? (long)decimal.Round(dollars * NanosPerDollar) : null;

    /// <summary>The enumerator of nothing enumerates nothing.</summary>
    private static JsonElement.ObjectEnumerator Members(string? json) =>
        json is not null && JsonElement.Parse(json) is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject() : default;
}
