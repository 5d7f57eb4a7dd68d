using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Spend.Reports;

/// <summary>Whose spend is asked for, narrowed down to what the caller may see: administrators everything, an admin of a team the team, everybody else their own.</summary>
internal sealed record SpendScope(string? UserId = null, string? TeamId = null, string? KeyHash = null)
{
    public bool IsEverybody => UserId is null && TeamId is null && KeyHash is null;

    /// <param name="caller">Who asks.</param>
    /// <param name="user">The user that they ask for; null for any.</param>
    /// <param name="team">The team.</param>
    /// <param name="key">The key or its hash.</param>
    public static (SpendScope Scope, GatewayError? Error) Of(Caller caller, string? user = null, string? team = null, string? key = null)
    {
        var hash = key is not null && key.StartsWith("sk-", StringComparison.Ordinal) && key.Length <= Model.KeyHash.LongestKey ? Model.KeyHash.Of(key).ToString() : key;
        var asked = new SpendScope(user, team, hash);
        if (caller.Role is Role.ProxyAdmin or Role.ProxyAdminViewer) return (asked, null);
        if (team is not null) return caller.IsTeamAdmin && caller.TeamId == team ? (asked, null) : (asked, NotYours("team"));
        if (user is not null && user != caller.UserId) return (asked, NotYours("user"));
        if (caller.UserId is { } own) return (asked with { UserId = own }, null);
        // A key that is nobody's sees what was spent with it.
        return hash is not null && hash != caller.KeyHash ? (asked, NotYours("key")) : (asked with { KeyHash = caller.KeyHash ?? "" }, null);
    }

    private static GatewayError NotYours(string what) => new(403, "auth_error", $"Only proxy admins and those whose {what} it is may see what it spent.");
}
