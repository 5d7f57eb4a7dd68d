using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>Whose sums a settlement counts in.</summary>
internal static class SpendAccounts
{
    /// <summary>The sums of days: what reports are made of.</summary>
    public static IEnumerable<AccountId> Summed(SpendRecord record)
    {
        yield return AccountId.Global;
        yield return new(AccountKind.Key, record.KeyHash);
        if (record.UserId is { } user) yield return new(AccountKind.User, user);
        if (record.TeamId is { } team) yield return new(AccountKind.Team, team);
        if (record.EndUser is { } customer) yield return new(AccountKind.Customer, customer);
        foreach (var tag in record.Tags) yield return new(AccountKind.Tag, tag);
    }

    /// <summary>The sums of all times: what budgets without a period, and lists of keys and users, ask for.</summary>
    public static IEnumerable<AccountId> Charged(SpendRecord record)
    {
        foreach (var account in Summed(record))
        {
            // The master key has no account; what it spends is everybody's.
            if (account.Kind is not AccountKind.Key || account.Id.Length > 0) yield return account;
        }

        if (record.OrganizationId is { } organization) yield return new(AccountKind.Organization, organization);
        if (record is { TeamId: { } team, UserId: { } member }) yield return new(AccountKind.TeamMember, $"{team}/{member}");
        if (record.Provider.Length > 0) yield return new(AccountKind.Provider, record.Provider);
        if (record.ModelId.Length > 0) yield return new(AccountKind.Deployment, record.ModelId);
    }
}
