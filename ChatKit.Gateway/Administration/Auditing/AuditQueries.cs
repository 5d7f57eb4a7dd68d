using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Auditing;

/// <summary>Reads the audit log under LiteLLM's names.</summary>
internal sealed class AuditQueries(AdminDatabase database)
{
    /// <summary>What LiteLLM's tables are called, by what a change is about.</summary>
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["key"] = "LiteLLM_VerificationToken",
        ["team"] = "LiteLLM_TeamTable",
        ["team_member"] = "LiteLLM_TeamMembership",
        ["user"] = "LiteLLM_UserTable",
        ["customer"] = "LiteLLM_EndUserTable",
        ["budget"] = "LiteLLM_BudgetTable",
        ["tag"] = "LiteLLM_TagTable",
        ["model"] = "LiteLLM_ProxyModelTable",
    };

    public ValueTask<Outcome<AuditPageWire>> PageAsync(AuditPageQuery query, CancellationToken cancellationToken) => database.ReadAsync<AuditPageWire>(
        async rows =>
        {
            var changes = Filter(rows.Audit.AsNoTracking(), query);
            var total = await changes.CountAsync(cancellationToken);
            // Ids are made in the order of time, so they tell apart what happened within one tick of the clock.
            var sorted = query.Descending ? changes.OrderByDescending(static change => change.At).ThenByDescending(static change => change.Id) : changes.OrderBy(static change => change.At).ThenBy(static change => change.Id);
            var found = await sorted.Skip((query.Page - 1) * query.Size).Take(query.Size).ToListAsync(cancellationToken);
            return new AuditPageWire(found.ConvertAll(Describe), total, query.Page, query.Size, (total + query.Size - 1) / query.Size);
        },
        cancellationToken);

    public ValueTask<Outcome<AuditWire>> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync<AuditWire>(
        async rows => await rows.Audit.AsNoTracking().FirstOrDefaultAsync(change => change.Id == id, cancellationToken) is { } found ? Describe(found) : RequestErrors.NotFound("id", "Audit log", id),
        cancellationToken);

    private static IQueryable<AuditRow> Filter(IQueryable<AuditRow> changes, AuditPageQuery query)
    {
        if (query.ChangedBy is { } author) changes = changes.Where(change => change.ChangedBy == author);
        if (query.ChangedByKey is { } key) changes = changes.Where(change => change.ChangedByKey == key);
        if (query.Action is { } action) changes = changes.Where(change => change.Action == action);
        if (query.Table is { } table)
        {
            // By LiteLLM's name of the table, or by ours.
            var subject = Tables.FirstOrDefault(pair => pair.Value == table).Key ?? table;
            changes = changes.Where(change => change.Subject == subject);
        }

        if (query.ObjectId is { } id) changes = changes.Where(change => change.SubjectId == id);
        if (query.From is { } from) changes = changes.Where(change => change.At >= from);
        if (query.To is { } to) changes = changes.Where(change => change.At <= to);
        return changes;
    }

    private static AuditWire Describe(AuditRow row) =>
        new(row.Id, row.At, row.ChangedBy, row.ChangedByKey, row.Action, Tables.GetValueOrDefault(row.Subject, row.Subject), row.SubjectId)
        {
            BeforeValue = StoredObject.Read(row.Before),
            UpdatedValues = StoredObject.Read(row.After),
        };
}

/// <summary>Which page of which changes.</summary>
internal sealed record AuditPageQuery(
    string? ChangedBy, string? ChangedByKey, string? Action, string? Table, string? ObjectId, DateTime? From, DateTime? To, bool Descending, int Page, int Size);
