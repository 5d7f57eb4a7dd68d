using ChatKit.Backend.Access.Sessions;
using ChatKit.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Access.SignIn;

/// <summary>Sends who opens the chat page without a session to sign in first, before the page is loaded in vain.</summary>
internal sealed class SignInRedirect(RequestDelegate next, AccessModes modes, IDbContextFactory<UsersDbContext> accounts)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!modes.SignIn || !HttpMethods.IsGet(http.Request.Method) || http.Request.Path.Value is not ("/" or "/index.html") || await IsKnownAsync(http))
        {
            await next(http);
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect($"{http.Request.PathBase}{SignInPage.Path}");
    }

    private async Task<bool> IsKnownAsync(HttpContext http)
    {
        var result = await http.AuthenticateAsync();
        if (!result.Succeeded || Tickets.Read(result.Principal) is not var (id, stamp))
            return result.Succeeded;
        await using var database = await accounts.CreateDbContextAsync(http.RequestAborted);
        return Tickets.IsGood(await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id, http.RequestAborted), stamp);
    }
}
