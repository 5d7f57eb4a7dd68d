using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>What is told about users: everything to admins, to others what is theirs.</summary>
internal sealed class UserQueries(AdminDatabase database, TimeProvider time)
{
    /// <summary>A user with keys and teams. Without an id: the caller's own; for whoever has no user (the master key), only what every list has.</summary>
    public ValueTask<Outcome<UserInfoWire>> InfoAsync(string? id, Caller by, CancellationToken cancellationToken) => database.ReadAsync<UserInfoWire>(
        async rows =>
        {
            var wanted = id ?? by.UserId;
            if (by.Role is not (Role.ProxyAdmin or Role.ProxyAdminViewer) && (wanted is null || wanted != by.UserId)) return RequestErrors.NotYours("this user");
            var now = time.GetUtcNow().UtcDateTime;
            if (wanted is null) return new UserInfoWire(null, null, await KeySummaries.OfAsync(rows, rows.Keys, now, cancellationToken), await TeamsAsync(rows, rows.Teams, now, cancellationToken));
            if (await rows.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == wanted, cancellationToken) is not { } user) return RequestErrors.NotFound("user_id", "User", wanted);
            var reader = await UserReader.OfAsync(rows, [user], now, cancellationToken);
            var teams = rows.Teams.Where(team => rows.TeamMembers.Any(member => member.TeamId == team.Id && member.UserId == wanted));
            var keys = await KeySummaries.OfAsync(rows, rows.Keys.Where(key => key.UserId == wanted), now, cancellationToken);
            return new UserInfoWire(wanted, reader.Describe(user), keys, await TeamsAsync(rows, teams, now, cancellationToken));
        },
        cancellationToken);

    public ValueTask<Outcome<UserPageWire>> PageAsync(UserPageQuery query, CancellationToken cancellationToken) => database.ReadAsync<UserPageWire>(
        async rows =>
        {
            var users = Filter(rows, query);
            var total = await users.CountAsync(cancellationToken);
            var found = await Sort(users, query).Skip((query.Page - 1) * query.Size).Take(query.Size).ToListAsync(cancellationToken);
            var reader = await UserReader.OfAsync(rows, found, time.GetUtcNow().UtcDateTime, cancellationToken);
            var ids = found.Select(static user => user.Id).ToArray();
            var keys = await rows.Keys.Where(key => EF.Parameter(ids).Contains(key.UserId!)).GroupBy(static key => key.UserId!).Select(static keys => new { keys.Key, Count = keys.Count() })
                .ToDictionaryAsync(static keys => keys.Key, static keys => keys.Count, cancellationToken);
            var listed = found.ConvertAll(user => reader.Fill(new ListedUserWire(user.Id) { UserRole = user.Role, KeyCount = keys.GetValueOrDefault(user.Id) }, user));
            return new UserPageWire(listed, total, query.Page, query.Size, (total + query.Size - 1) / query.Size);
        },
        cancellationToken);

    private static IQueryable<UserRow> Filter(GatewayDbContext rows, UserPageQuery query)
    {
        var users = rows.Users.AsNoTracking();
        if (query.Role is { } role) users = users.Where(user => user.Role == role);
        if (query.UserIds is [var only]) users = users.Where(user => EF.Functions.Like(user.Id.ToLower(), SearchPattern.Containing(only), SearchPattern.Escape));
        else if (query.UserIds is { Count: > 1 } several) users = users.Where(user => EF.Parameter(several.ToArray()).Contains(user.Id));
        if (query.Email is { } email) users = users.Where(user => user.Email != null && EF.Functions.Like(user.Email.ToLower(), SearchPattern.Containing(email), SearchPattern.Escape));
        if (query.Team is { } team) users = users.Where(user => rows.TeamMembers.Any(member => member.TeamId == team && member.UserId == user.Id));
        return users;
    }

    /// <summary>The id decides between equals, so that no row shows on two pages.</summary>
    private static IQueryable<UserRow> Sort(IQueryable<UserRow> users, UserPageQuery query) => (query.SortBy, query.Descending) switch
    {
        ("user_id", false) => users.OrderBy(static user => user.Id),
        ("user_id", true) => users.OrderByDescending(static user => user.Id),
        ("user_email", false) => users.OrderBy(static user => user.Email).ThenBy(static user => user.Id),
        ("user_email", true) => users.OrderByDescending(static user => user.Email).ThenBy(static user => user.Id),
        ("user_alias", false) => users.OrderBy(static user => user.Alias).ThenBy(static user => user.Id),
        ("user_alias", true) => users.OrderByDescending(static user => user.Alias).ThenBy(static user => user.Id),
        ("user_role", false) => users.OrderBy(static user => user.Role).ThenBy(static user => user.Id),
        ("user_role", true) => users.OrderByDescending(static user => user.Role).ThenBy(static user => user.Id),
        (_, false) => users.OrderBy(static user => user.CreatedAt).ThenBy(static user => user.Id),
        _ => users.OrderByDescending(static user => user.CreatedAt).ThenBy(static user => user.Id),
    };

    private static async Task<List<TeamWire>> TeamsAsync(GatewayDbContext rows, IQueryable<TeamRow> teams, DateTime now, CancellationToken cancellationToken)
    {
        var found = await teams.AsNoTracking().OrderBy(static team => team.Alias).ThenBy(static team => team.Id).ToListAsync(cancellationToken);
        return found.ConvertAll((await TeamReader.OfAsync(rows, found, now, cancellationToken)).Describe);
    }
}

/// <summary>Which page of which users.</summary>
internal sealed record UserPageQuery(string? Role, IReadOnlyList<string> UserIds, string? Email, string? Team, string SortBy, bool Descending, int Page, int Size);
