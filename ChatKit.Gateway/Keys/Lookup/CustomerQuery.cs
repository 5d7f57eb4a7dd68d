using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>Reads customers and tags with the budgets that they refer to, many at a time.</summary>
internal sealed class CustomerQuery(IDbContextFactory<GatewayDbContext> contexts)
{
    public async Task<IReadOnlyDictionary<string, KnownCustomer>> CustomersAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var query = from customer in database.Customers
                    where EF.Parameter(wanted).Contains(customer.Id)
                    join other in database.Budgets on customer.BudgetId equals other.Id into budgets
                    from budget in budgets.DefaultIfEmpty()
                    select new { customer, budget };
        return (await query.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(
            static row => row.customer.Id,
            static row => new KnownCustomer(
                new Account(new AccountId(AccountKind.Customer, row.customer.Id)) { Alias = row.customer.Alias, Budgets = Allowance.Budgets(row.customer, row.budget), Limits = Allowance.Limits(row.customer, row.budget) },
                row.customer.Blocked,
                row.customer.DefaultModel,
                row.customer.AllowedModelRegion));
    }

    public async Task<IReadOnlyDictionary<string, Account>> TagsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var wanted = names.ToArray();
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var query = from tag in database.Tags
                    where EF.Parameter(wanted).Contains(tag.Name)
                    join other in database.Budgets on tag.BudgetId equals other.Id into budgets
                    from budget in budgets.DefaultIfEmpty()
                    select new { tag, budget };
        return (await query.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(
            static row => row.tag.Name,
            static row => new Account(new AccountId(AccountKind.Tag, row.tag.Name)) { Alias = row.tag.Name, Budgets = Allowance.Budgets(row.tag, row.budget), Limits = Allowance.Limits(row.tag, row.budget) });
    }

    /// <summary>A budget by its name, for customers who have none of their own.</summary>
    public async Task<IReadOnlyDictionary<string, Account>> BudgetsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        return (await database.Budgets.AsNoTracking().Where(budget => EF.Parameter(wanted).Contains(budget.Id)).ToListAsync(cancellationToken)).ToDictionary(
            static budget => budget.Id,
            static budget => new Account(AccountId.Global) { Budgets = Allowance.Budgets(budget), Limits = Allowance.Limits(budget) });
    }
}
