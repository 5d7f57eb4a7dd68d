using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Turns rows of customers and of tags into answers: with the budgets that they refer to, and with what was spent.</summary>
internal sealed class CustomerReader(IReadOnlyDictionary<string, BudgetRow> budgets, IReadOnlyDictionary<string, decimal> spent, DateTime now)
{
    public static async Task<CustomerReader> OfAsync(GatewayDbContext rows, IReadOnlyList<CustomerRow> customers, DateTime now, CancellationToken cancellationToken)
    {
        // A customer's spend counts in the period of whatever budget counts for them.
        var budgets = await NamedAsync(rows, customers.Select(static customer => customer.BudgetId), cancellationToken);
        var accounts = customers.Select(customer => (customer.Id, Counting(customer, customer.BudgetId, budgets))).ToList();
        return new CustomerReader(budgets, await Spending.OfAsync(rows, AccountKind.Customer, accounts, now, cancellationToken), now);
    }

    public static async Task<CustomerReader> OfAsync(GatewayDbContext rows, IReadOnlyList<TagRow> tags, DateTime now, CancellationToken cancellationToken)
    {
        var budgets = await NamedAsync(rows, tags.Select(static tag => tag.BudgetId), cancellationToken);
        var accounts = tags.Select(tag => (tag.Name, Counting(tag, tag.BudgetId, budgets))).ToList();
        return new CustomerReader(budgets, await Spending.OfAsync(rows, AccountKind.Tag, accounts, now, cancellationToken), now);
    }

    public CustomerWire Describe(CustomerRow customer) => new(customer.Id)
    {
        Alias = customer.Alias,
        Blocked = customer.Blocked,
        Spend = spent.GetValueOrDefault(customer.Id),
        AllowedModelRegion = customer.AllowedModelRegion,
        DefaultModel = customer.DefaultModel,
        BudgetId = customer.BudgetId,
        LitellmBudgetTable = Allowances.Merged(customer, Named(customer.BudgetId), now),
    };

    public TagWire Describe(TagRow tag) => new(tag.Name)
    {
        Description = tag.Description,
        Models = tag.Models,
        LitellmBudgetTable = Allowances.Merged(tag, Named(tag.BudgetId), now),
        Spend = spent.GetValueOrDefault(tag.Name),
        CreatedAt = tag.CreatedAt,
        UpdatedAt = tag.UpdatedAt,
    };

    private BudgetRow? Named(string? id) => id is null ? null : budgets.GetValueOrDefault(id);

    private static AllowanceRow Counting(AllowanceRow own, string? budget, IReadOnlyDictionary<string, BudgetRow> budgets) =>
        own.BudgetDuration is null && budget is not null && budgets.TryGetValue(budget, out var named) ? named : own;

    private static async Task<IReadOnlyDictionary<string, BudgetRow>> NamedAsync(GatewayDbContext rows, IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<string>().Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<string, BudgetRow>();
        return await rows.Budgets.AsNoTracking().Where(budget => EF.Parameter(wanted).Contains(budget.Id)).ToDictionaryAsync(static budget => budget.Id, cancellationToken);
    }
}
