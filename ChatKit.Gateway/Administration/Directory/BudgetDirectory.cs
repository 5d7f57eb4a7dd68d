using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Makes, changes and deletes budgets that keys, customers and tags refer to. Who refers to one is not asked: everybody looks again.</summary>
internal sealed class BudgetDirectory(AdminDatabase database, TimeProvider time)
{
    private const string Subject = "budget";

    public ValueTask<Outcome<BudgetWire>> NewAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<BudgetWire>(
        by,
        async change =>
        {
            var (id, now) = (body.Id("budget_id") ?? Guid.NewGuid().ToString(), time.GetUtcNow().UtcDateTime);
            var budget = new BudgetRow { Id = id, CreatedBy = change.Author, UpdatedBy = change.Author, CreatedAt = now, UpdatedAt = now };
            Apply(body, budget);
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await change.Rows.Budgets.AnyAsync(other => other.Id == id, cancellationToken)) return RequestErrors.Exists("budget_id", "Budget", id);
            change.Rows.Budgets.Add(budget);
            return Answer(change, budget, "created", null);
        },
        cancellationToken);

    public ValueTask<Outcome<BudgetWire>> UpdateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<BudgetWire>(
        by,
        async change =>
        {
            var (id, now) = (body.RequiredId("budget_id"), time.GetUtcNow().UtcDateTime);
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            if (await change.Rows.Budgets.FindAsync([id], cancellationToken) is not { } budget) return RequestErrors.NotFound("budget_id", "Budget", id);
            var before = Text(Allowances.Describe(budget, now));
            Apply(body, budget);
            if (RequestErrors.Of(body) is { } problem) return problem;
            (budget.UpdatedAt, budget.UpdatedBy) = (now, change.Author);
            return Answer(change, budget, "updated", before);
        },
        cancellationToken);

    public ValueTask<Outcome<BudgetWire>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<BudgetWire>(
        by,
        async change =>
        {
            var id = body.RequiredId("id");
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await change.Rows.Budgets.FindAsync([id], cancellationToken) is not { } budget) return RequestErrors.NotFound("id", "Budget", id);
            if (await ReferrerAsync(change, id, cancellationToken) is { } referrer)
                return RequestErrors.Invalid("id", $"{referrer} refers to this budget, and would have no limit without it; give it another one first");
            change.Rows.Budgets.Remove(budget);
            var gone = Allowances.Describe(budget, time.GetUtcNow().UtcDateTime);
            change.Announce(AccountId.Global);
            change.Record("deleted", Subject, id, Text(gone), null);
            return gone;
        },
        cancellationToken);

    public ValueTask<Outcome<List<BudgetWire>>> ListAsync(IReadOnlyList<string>? ids, CancellationToken cancellationToken) => database.ReadAsync<List<BudgetWire>>(
        async rows =>
        {
            var budgets = rows.Budgets.AsNoTracking();
            if (ids is not null) budgets = budgets.Where(budget => EF.Parameter(ids.ToArray()).Contains(budget.Id));
            var now = time.GetUtcNow().UtcDateTime;
            return (await budgets.OrderBy(static budget => budget.Id).ToListAsync(cancellationToken)).ConvertAll(budget => Allowances.Describe(budget, now));
        },
        cancellationToken);

    private static void Apply(RequestFields body, BudgetRow budget)
    {
        Allowances.Apply(body, budget);
        if (body.Has("model_max_budget")) budget.ModelMaxBudget = body.Json("model_max_budget");
    }

    private Outcome<BudgetWire> Answer(PendingChange change, BudgetRow budget, string action, string? before)
    {
        var answer = Allowances.Describe(budget, time.GetUtcNow().UtcDateTime);
        change.Announce(AccountId.Global);
        change.Record(action, Subject, budget.Id, before, Text(answer));
        return answer;
    }

    private static async Task<string?> ReferrerAsync(PendingChange change, string id, CancellationToken cancellationToken) =>
        await change.Rows.Keys.AnyAsync(key => key.BudgetId == id, cancellationToken) ? "a key"
        : await change.Rows.Customers.AnyAsync(customer => customer.BudgetId == id, cancellationToken) ? "a customer"
        : await change.Rows.Tags.AnyAsync(tag => tag.BudgetId == id, cancellationToken) ? "a tag"
        : null;

    private static string Text(BudgetWire budget) => DirectoryText.Of(budget, DirectoryJson.Default.BudgetWire);
}
