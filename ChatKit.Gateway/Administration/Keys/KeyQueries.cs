using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm.Keys;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>What is told about keys: everything to admins, to others their own and those of the teams that they manage.</summary>
internal sealed class KeyQueries(AdminDatabase database, TimeProvider time)
{
    /// <summary>One key; without a name the caller's own.</summary>
    public ValueTask<Outcome<KeyInfoWire>> InfoAsync(string? named, Caller by, CancellationToken cancellationToken) => database.ReadAsync<KeyInfoWire>(
        async rows =>
        {
            if ((named ?? by.KeyHash) is not { } asked) return RequestErrors.Invalid("key", "is required: the master key is not one of those that can be asked about");
            var token = NewKey.TokenOf(asked);
            if (await rows.Keys.AsNoTracking().FirstOrDefaultAsync(key => key.Token == token, cancellationToken) is not { } key) return RequestErrors.NotFound("key", "Key", KeyText.Show(asked));
            if (await KeyRights.RefuseLookAsync(rows, by, key, cancellationToken) is { } refused) return refused;
            var info = await KeyReader.DescribeAsync(rows, key, time.GetUtcNow().UtcDateTime, cancellationToken);
            return new KeyInfoWire(KeyText.Show(asked), info with { Token = null });
        },
        cancellationToken);

    public ValueTask<Outcome<KeyPageWire>> PageAsync(KeyPageQuery query, Caller by, CancellationToken cancellationToken) => database.ReadAsync<KeyPageWire>(
        async rows =>
        {
            if (await VisibleAsync(rows, query, by, cancellationToken) is not { } visible) return RequestErrors.NotYours("these keys");
            var keys = Filter(visible.AsNoTracking(), query);
            var total = await keys.CountAsync(cancellationToken);
            var page = await Sort(keys, query).Skip((query.Page - 1) * query.Size).Take(query.Size).ToListAsync(cancellationToken);
            IReadOnlyList<object> listed = query.WithAll
                ? [.. await KeyReader.DescribeAsync(rows, page, time.GetUtcNow().UtcDateTime, cancellationToken)]
                : [.. page.Select(static key => key.Token)];
            return new KeyPageWire(listed, total, query.Page, (total + query.Size - 1) / query.Size);
        },
        cancellationToken);

    /// <summary>Null where the caller asks for what is not theirs to see.</summary>
    private static async Task<IQueryable<VirtualKeyRow>?> VisibleAsync(GatewayDbContext rows, KeyPageQuery query, Caller by, CancellationToken cancellationToken)
    {
        if (by.Role is Role.ProxyAdmin or Role.ProxyAdminViewer) return rows.Keys;
        if (by.UserId is not { } self) return rows.Keys.Where(key => key.Token == by.KeyHash);
        if (query.TeamId is { } team && await KeyRights.IsTeamAdminAsync(rows, team, self, cancellationToken)) return rows.Keys;
        if (query.UserId is { } user && user != self) return null;
        return query.WithTeams ? KeyRights.Managed(rows, self) : rows.Keys.Where(key => key.UserId == self);
    }

    private static IQueryable<VirtualKeyRow> Filter(IQueryable<VirtualKeyRow> keys, KeyPageQuery query)
    {
        if (query.UserId is { } user) keys = keys.Where(key => key.UserId == user);
        if (query.TeamId is { } team) keys = keys.Where(key => key.TeamId == team);
        if (query.OrganizationId is { } organization) keys = keys.Where(key => key.OrganizationId == organization);
        if (query.Alias is { } alias) keys = keys.Where(key => key.Alias == alias);
        if (query.Hash is { } hash) keys = keys.Where(key => key.Token == hash);
        return keys;
    }

    /// <summary>The hash decides between equals, so that no key shows on two pages.</summary>
    private static IQueryable<VirtualKeyRow> Sort(IQueryable<VirtualKeyRow> keys, KeyPageQuery query) => (query.SortBy, query.Descending) switch
    {
        ("key_alias", false) => keys.OrderBy(static key => key.Alias).ThenBy(static key => key.Token),
        ("key_alias", true) => keys.OrderByDescending(static key => key.Alias).ThenBy(static key => key.Token),
        ("max_budget", false) => keys.OrderBy(static key => key.MaxBudget).ThenBy(static key => key.Token),
        ("max_budget", true) => keys.OrderByDescending(static key => key.MaxBudget).ThenBy(static key => key.Token),
        ("updated_at", false) => keys.OrderBy(static key => key.UpdatedAt).ThenBy(static key => key.Token),
        ("updated_at", true) => keys.OrderByDescending(static key => key.UpdatedAt).ThenBy(static key => key.Token),
        ("token", false) => keys.OrderBy(static key => key.Token),
        ("token", true) => keys.OrderByDescending(static key => key.Token),
        (_, false) => keys.OrderBy(static key => key.CreatedAt).ThenBy(static key => key.Token),
        _ => keys.OrderByDescending(static key => key.CreatedAt).ThenBy(static key => key.Token),
    };
}

/// <summary>Which page of which keys.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="TeamId">Of which team.</param>
/// <param name="OrganizationId">Of which organisation.</param>
/// <param name="Alias">By this name.</param>
/// <param name="Hash">With this hash.</param>
/// <param name="WithTeams">Also those of the teams that the caller manages.</param>
/// <param name="WithAll">All about each, and not just its hash.</param>
/// <param name="SortBy">By what.</param>
/// <param name="Descending">The greatest first.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">How many on a page.</param>
internal sealed record KeyPageQuery(
    string? UserId, string? TeamId, string? OrganizationId, string? Alias, string? Hash, bool WithTeams, bool WithAll, string SortBy, bool Descending, int Page, int Size);
