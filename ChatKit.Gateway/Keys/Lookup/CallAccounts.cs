using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Redis;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>
/// The accounts that a call itself names: for whom it is made, and its tags. One that nobody set up is counted under its name and limited by nothing, or, for
/// customers, by <c>max_end_user_budget_id</c>. So is one that nobody can read at the moment: calls do not wait for the database, and do not fail with it.
/// </summary>
internal sealed class CallAccounts
{
    private readonly SnapshotHolder _snapshots;
    private readonly LiveLookup<string, KnownCustomer>? _customers;
    private readonly LiveLookup<string, Account>? _tags;
    private readonly LiveLookup<string, Account>? _budgets;

    public CallAccounts(SnapshotHolder snapshots, ReplicaNews news, AccountChanges changes, TimeProvider time, ILogger<CallAccounts> logger, CustomerQuery? query = null)
    {
        _snapshots = snapshots;
        if (query is null) return;
        _customers = new(query.CustomersAsync, snapshots, news, time, logger);
        _tags = new(query.TagsAsync, snapshots, news, time, logger);
        _budgets = new(query.BudgetsAsync, snapshots, news, time, logger);
        changes.Changed += Forget;
        changes.Missed += Age;
    }

    public async ValueTask<KnownCustomer> CustomerAsync(string id)
    {
        var known = _customers is null ? default : await _customers.FindAsync(id);
        var customer = known.Found ?? new KnownCustomer(new Account(new AccountId(AccountKind.Customer, id)), IsBlocked: false, DefaultModel: null, Region: null);
        if (_budgets is null || customer.Account.Budgets.Count > 0 || customer.Account.Limits != RateLimits.None || _snapshots.Current.Settings.Keys.CustomerBudgetId is not { } budget) return customer;
        var (common, _) = await _budgets.FindAsync(budget);
        return common is null ? customer : customer with { Account = customer.Account with { Budgets = common.Budgets, Limits = common.Limits } };
    }

    public async ValueTask<Account> TagAsync(string name)
    {
        var known = _tags is null ? default : await _tags.FindAsync(name);
        return known.Found ?? new Account(new AccountId(AccountKind.Tag, name));
    }

    private void Forget(AccountId changed)
    {
        if (changed.Kind is AccountKind.Customer) _customers!.Forget(changed.Id);
        else if (changed.Kind is AccountKind.Tag) _tags!.Forget(changed.Id);
        else if (changed.Kind is AccountKind.Global) Age();
    }

    private void Age()
    {
        _customers!.Age();
        _tags!.Age();
        _budgets!.Age();
    }
}
