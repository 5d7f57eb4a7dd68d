using System.Security.Claims;
using ChatKit.Data.Users;

namespace ChatKit.Backend.Access.Sessions;

/// <summary>
/// What a cookie or a token of ours carries, encrypted: whose it is, and the account's stamp when it was made. All else is read from the account at each
/// request, so that a change of it counts at once.
/// </summary>
internal static class Tickets
{
    private const string Stamp = "stamp";

    public static ClaimsPrincipal For(AccountRow account) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, account.Id), new Claim(Stamp, account.SecurityStamp!)], "account"));

    /// <summary>Null where the request was signed with neither.</summary>
    public static (string Id, string Stamp)? Read(ClaimsPrincipal principal) =>
        principal.FindFirstValue(Stamp) is { } stamp && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? (id, stamp) : null;

    /// <summary>Whether the account still is as it was when the ticket was made.</summary>
    public static bool IsGood(AccountRow? account, string stamp) => account is { DisabledAt: null } && account.SecurityStamp == stamp;
}
