using System.Collections.Frozen;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>The accounts behind a key, out of its rows. What a row leaves open, the named budget that it refers to may say.</summary>
internal static class KeyAccounts
{
    public static IReadOnlyList<Account> Of(KeyRows rows)
    {
        var key = rows.Key;
        var accounts = new List<Account>(4)
        {
            new(new AccountId(AccountKind.Key, key.Token)) { Alias = key.Alias, Budgets = [.. Allowance.Budgets(key, rows.Budget), .. StoredJson.Budgets(key.BudgetLimits, key.CreatedAt)], Limits = Allowance.Limits(key, rows.Budget) },
        };
        if (rows.Team is { } team) accounts.Add(new(new AccountId(AccountKind.Team, team.Id)) { Alias = team.Alias, Budgets = Allowance.Budgets(team), Limits = Allowance.Limits(team) });
        if (rows.Member is { } member) accounts.Add(new(new AccountId(AccountKind.TeamMember, $"{member.TeamId}/{member.UserId}")) { Budgets = Allowance.Budgets(member), Limits = Allowance.Limits(member) });
        // A user's own budget is not for what they do for a team; that they did it is counted all the same.
        if (rows.User is { } user) accounts.Add(new(new AccountId(AccountKind.User, user.Id)) { Alias = user.Alias ?? user.Email, Budgets = rows.Team is null ? Allowance.Budgets(user) : [], Limits = Allowance.Limits(user) });
        return accounts;
    }

    /// <summary>What the key's use of single models is limited to, by model.</summary>
    public static FrozenDictionary<string, Account> OfModels(VirtualKeyRow key, BudgetRow? budget)
    {
        var budgets = key.ModelMaxBudget ?? budget?.ModelMaxBudget;
        if (budgets is null && key is { ModelRpmLimit: null, ModelTpmLimit: null }) return FrozenDictionary<string, Account>.Empty;
        var byModel = StoredJson.ModelBudgets(budgets, key.CreatedAt);
        var (requests, tokens) = (StoredJson.Numbers(key.ModelRpmLimit), StoredJson.Numbers(key.ModelTpmLimit));
        return byModel.Keys.Union(requests.Keys).Union(tokens.Keys).ToFrozenDictionary(static model => model, model => new Account(new AccountId(AccountKind.KeyModel, $"{key.Token}/{model}"))
        {
            Alias = key.Alias,
            Budgets = byModel.TryGetValue(model, out var found) ? [found] : [],
            Limits = new RateLimits(requests.TryGetValue(model, out var rpm) ? rpm : null, tokens.TryGetValue(model, out var tpm) ? tpm : null, null),
        });
    }
}
