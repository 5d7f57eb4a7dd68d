using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Keys;

/// <summary>
/// Who may do what with which key. Proxy admins everything, their viewers see everything; users their own keys; a team's admins its keys, but never one that would give
/// them more than they have: a key takes its role from its user.
/// </summary>
internal static class KeyRights
{
    private const string What = "this key";

    /// <summary>Why the caller may not change, exchange or delete the key; null where they may.</summary>
    public static async Task<GatewayError?> RefuseChangeAsync(PendingChange change, VirtualKeyRow key, CancellationToken cancellationToken)
    {
        if (change.By.IsAdministrator) return null;
        if (change.By.Role is not Role.InternalUser || change.By.UserId is not { } self) return RequestErrors.NotYours(What);
        if (key.UserId == self && key.TeamId is null) return null;
        return key.TeamId is { } team && await IsTeamAdminAsync(change.Rows, team, self, cancellationToken) && !await IsPrivilegedAsync(change.Rows, key.UserId, cancellationToken)
            ? null
            : RequestErrors.NotYours(What);
    }

    /// <summary>Why the caller may not give the key to whom it is now for; null where they may.</summary>
    public static async Task<GatewayError?> RefuseOwnerAsync(PendingChange change, VirtualKeyRow key, KeyGenerationSettings settings, CancellationToken cancellationToken)
    {
        if (key.TeamId is { } named && !await change.Rows.Teams.AnyAsync(team => team.Id == named, cancellationToken)) return RequestErrors.NotFound("team_id", "Team", named);
        if (change.By.IsAdministrator) return null;
        var self = change.By.UserId;
        if (key.TeamId is not { } team) return key.UserId == self ? null : RequestErrors.Forbidden("user_id", "a user makes keys for themselves; for others proxy admins do, and for a team its admins");
        var role = await change.Rows.TeamMembers.Where(member => member.TeamId == team && member.UserId == self).Select(static member => member.Role).FirstOrDefaultAsync(cancellationToken);
        if (role is null || !(settings.TeamRoles ?? [TeamMembers.Admin]).Contains(role)) return RequestErrors.Forbidden("team_id", "this role in the team makes no keys of the team");
        if (key.UserId == self || (key.UserId is null && role is TeamMembers.Admin)) return null;
        if (role is not TeamMembers.Admin) return RequestErrors.Forbidden("user_id", "a member who is no admin of the team makes keys for themselves");
        return await change.Rows.TeamMembers.AnyAsync(member => member.TeamId == team && member.UserId == key.UserId, cancellationToken) && !await IsPrivilegedAsync(change.Rows, key.UserId, cancellationToken)
            ? null
            : RequestErrors.Forbidden("user_id", "must be a member of the team who is no proxy admin");
    }

    /// <summary>A user who was stopped does not set themselves going again: only whoever is above them does.</summary>
    public static GatewayError? RefuseUnblocking(Caller by, bool wasBlocked, VirtualKeyRow key) => wasBlocked && !key.Blocked && !by.IsAdministrator && key.TeamId is null
        ? RequestErrors.Forbidden("blocked", "only proxy admins unblock a key that no team's admin manages")
        : null;

    /// <summary>Why the caller may not look at the key; null where they may.</summary>
    public static async Task<GatewayError?> RefuseLookAsync(GatewayDbContext rows, Caller by, VirtualKeyRow key, CancellationToken cancellationToken)
    {
        if (by.Role is Role.ProxyAdmin or Role.ProxyAdminViewer || by.KeyHash == key.Token || (by.UserId is not null && by.UserId == key.UserId)) return null;
        return by.UserId is { } self && key.TeamId is { } team && await IsTeamAdminAsync(rows, team, self, cancellationToken) ? null : RequestErrors.NotYours(What);
    }

    /// <summary>The keys of the teams that a user manages, and their own.</summary>
    public static IQueryable<VirtualKeyRow> Managed(GatewayDbContext rows, string self) => rows.Keys.Where(key =>
        key.UserId == self || rows.TeamMembers.Any(member => member.TeamId == key.TeamId && member.UserId == self && member.Role == TeamMembers.Admin));

    public static Task<bool> IsTeamAdminAsync(GatewayDbContext rows, string team, string user, CancellationToken cancellationToken) =>
        rows.TeamMembers.AnyAsync(member => member.TeamId == team && member.UserId == user && member.Role == TeamMembers.Admin, cancellationToken);

    private static async Task<bool> IsPrivilegedAsync(GatewayDbContext rows, string? user, CancellationToken cancellationToken) =>
        user is not null && await rows.Users.AnyAsync(other => other.Id == user && (other.Role == UserRoles.ProxyAdmin || other.Role == UserRoles.ProxyAdminViewer), cancellationToken);
}
