using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Makes, changes, blocks and deletes customers: those for whom a key's holder calls. Their ids come out of requests, so any line of text is one.</summary>
internal sealed class CustomerDirectory(AdminDatabase database, SnapshotHolder snapshots, TimeProvider time)
{
    private const string Subject = "customer";
    private const int LongestId = 256;

    public ValueTask<Outcome<CustomerWire>> NewAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<CustomerWire>(
        by,
        async change =>
        {
            var (id, now) = (IdOf(body), time.GetUtcNow().UtcDateTime);
            var customer = new CustomerRow { Id = id, CreatedAt = now, UpdatedAt = now };
            if (await ApplyAsync(change, body, customer, cancellationToken) is { } problem) return problem;
            if (await change.Rows.Customers.AnyAsync(other => other.Id == id, cancellationToken)) return RequestErrors.Exists("user_id", "Customer", id);
            change.Rows.Customers.Add(customer);
            return await AnswerAsync(change, customer, "created", null, cancellationToken);
        },
        cancellationToken);

    public ValueTask<Outcome<CustomerWire>> UpdateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<CustomerWire>(
        by,
        async change =>
        {
            var id = IdOf(body);
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            if (await change.Rows.Customers.FindAsync([id], cancellationToken) is not { } customer) return RequestErrors.NotFound("user_id", "Customer", id);
            var before = await DescribeAsync(change, customer, cancellationToken);
            if (await ApplyAsync(change, body, customer, cancellationToken) is { } problem) return problem;
            return await AnswerAsync(change, customer, "updated", before, cancellationToken);
        },
        cancellationToken);

    /// <summary>Blocks customers, known or not: whoever is blocked before their first call stays out.</summary>
    public ValueTask<Outcome<CustomersBlockedWire>> BlockAsync(RequestFields body, Caller by, bool blocked, CancellationToken cancellationToken) => database.ChangeAsync<CustomersBlockedWire>(
        by,
        async change =>
        {
            var (ids, now) = (IdsOf(body), time.GetUtcNow().UtcDateTime);
            if (RequestErrors.Of(body) is { } problem) return problem;
            var answers = new List<CustomerWire>(ids.Length);
            foreach (var id in ids)
            {
                var customer = await change.Rows.Customers.FindAsync([id], cancellationToken);
                var before = customer is null ? null : await DescribeAsync(change, customer, cancellationToken);
                if (customer is null) change.Rows.Customers.Add(customer = new CustomerRow { Id = id, CreatedAt = now, UpdatedAt = now });
                customer.Blocked = blocked;
                var (answer, _) = await AnswerAsync(change, customer, blocked ? "blocked" : "unblocked", before, cancellationToken);
                answers.Add(answer!);
            }

            return new CustomersBlockedWire(answers);
        },
        cancellationToken);

    public ValueTask<Outcome<CustomersDeletedWire>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<CustomersDeletedWire>(
        by,
        async change =>
        {
            var ids = IdsOf(body);
            if (RequestErrors.Of(body) is { } problem) return problem;
            var customers = await change.Rows.Customers.Where(customer => EF.Parameter(ids).Contains(customer.Id)).ToListAsync(cancellationToken);
            if (Array.Find(ids, id => !customers.Exists(customer => customer.Id == id)) is { } missing) return RequestErrors.NotFound("user_ids", "Customer", missing);
            foreach (var customer in customers)
            {
                change.Announce(AccountKind.Customer, customer.Id);
                change.Record("deleted", Subject, customer.Id, Text(await DescribeAsync(change, customer, cancellationToken)), null);
            }

            change.Rows.Customers.RemoveRange(customers);
            return new CustomersDeletedWire(customers.Count, $"Successfully deleted customers with ids: {string.Join(", ", ids)}");
        },
        cancellationToken);

    public ValueTask<Outcome<CustomerWire>> InfoAsync(string id, CancellationToken cancellationToken) => database.ReadAsync<CustomerWire>(
        async rows =>
        {
            if (await rows.Customers.AsNoTracking().FirstOrDefaultAsync(customer => customer.Id == id, cancellationToken) is not { } customer) return RequestErrors.NotFound("end_user_id", "Customer", id);
            return (await CustomerReader.OfAsync(rows, [customer], time.GetUtcNow().UtcDateTime, cancellationToken)).Describe(customer);
        },
        cancellationToken);

    public ValueTask<Outcome<List<CustomerWire>>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<List<CustomerWire>>(
        async rows =>
        {
            var customers = await rows.Customers.AsNoTracking().OrderBy(static customer => customer.Id).ToListAsync(cancellationToken);
            return customers.ConvertAll((await CustomerReader.OfAsync(rows, customers, time.GetUtcNow().UtcDateTime, cancellationToken)).Describe);
        },
        cancellationToken);

    private async Task<GatewayError?> ApplyAsync(PendingChange change, RequestFields body, CustomerRow customer, CancellationToken cancellationToken)
    {
        if (body.Has("alias")) customer.Alias = body.Text("alias");
        if (body.Has("blocked")) customer.Blocked = body.Flag("blocked") ?? false;
        if (body.Has("allowed_model_region")) customer.AllowedModelRegion = body.Text("allowed_model_region");
        if (body.Has("default_model")) customer.DefaultModel = body.Text("default_model");
        if (body.Has("budget_id")) customer.BudgetId = body.Id("budget_id");
        Allowances.Apply(body, customer);
        if (body.Has("default_model") && customer.DefaultModel is { } model && snapshots.Current.Resolve(model) is null) body.Wrong<string>("default_model", "is no model of this gateway");
        return RequestErrors.Of(body) ?? await NamedBudget.CheckAsync(change, body, cancellationToken);
    }

    private async Task<Outcome<CustomerWire>> AnswerAsync(PendingChange change, CustomerRow customer, string action, CustomerWire? before, CancellationToken cancellationToken)
    {
        customer.UpdatedAt = time.GetUtcNow().UtcDateTime;
        var after = await DescribeAsync(change, customer, cancellationToken);
        change.Announce(AccountKind.Customer, customer.Id);
        change.Record(action, Subject, customer.Id, before is null ? null : Text(before), Text(after));
        return after;
    }

    private async Task<CustomerWire> DescribeAsync(PendingChange change, CustomerRow customer, CancellationToken cancellationToken) =>
        (await CustomerReader.OfAsync(change.Rows, [customer], time.GetUtcNow().UtcDateTime, cancellationToken)).Describe(customer);

    private static string IdOf(RequestFields body) => body.RequiredText("user_id") is var id && id.Length <= LongestId ? id : body.Wrong<string>("user_id", "must be of at most 256 characters") ?? "";

    private static string[] IdsOf(RequestFields body)
    {
        var ids = body.RequiredTexts("user_ids").Distinct().ToArray();
        if (Array.Exists(ids, static id => id.Length is 0 or > LongestId)) body.Wrong<string>("user_ids", "must hold ids of 1 to 256 characters");
        return ids;
    }

    private static string Text(CustomerWire customer) => DirectoryText.Of(customer, DirectoryJson.Default.CustomerWire);
}
