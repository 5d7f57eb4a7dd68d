using ChatKit.Backend.Access.Sessions;
using ChatKit.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Access;

/// <summary>
/// Looks at the account behind a cookie or a token of ours, at each request: a disabled person, a changed password or a deleted account makes the request
/// nobody's, and what it was about to do is refused with 401.
/// </summary>
internal sealed class AccountGate(RequestDelegate next, IDbContextFactory<UsersDbContext> accounts, OpenRequests open)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (Tickets.Read(http.User) is not var (id, stamp))
        {
            await next(http);
            return;
        }

        var account = await FindAsync(id, http.RequestAborted);
        if (!Tickets.IsGood(account, stamp))
        {
            http.User = Principals.Nobody;
            http.Response.Cookies.Delete(Schemes.CookieName);
            await next(http);
            return;
        }

        var scheme = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme ?? "";
        http.User = Principals.Of(id, account!.Email!, scheme, account.IsAdministrator);
        using (open.Enter(id, http))
            await next(http);
    }

    private async Task<AccountRow?> FindAsync(string id, CancellationToken cancel)
    {
        await using var database = await accounts.CreateDbContextAsync(cancel);
        return await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, cancel);
    }
}
