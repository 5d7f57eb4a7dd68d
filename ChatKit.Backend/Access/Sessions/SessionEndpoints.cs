using System.Security.Claims;
using ChatKit.Backend.Access.Accounts;
using ChatKit.Backend.Access.Limits;
using ChatKit.Backend.Access.SignIn;
using ChatKit.Data.Users;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ChatKit.Backend.Access.Sessions;

/// <summary>Signing in and out: a cookie for the page (<c>/api/session</c>), a token for programs (<c>/api/token</c>).</summary>
internal static class SessionEndpoints
{
    public const string Path = "/api/session";

    public static void MapSessions(this IEndpointRouteBuilder routes, AccessModes modes)
    {
        routes.MapGet(Path, (HttpContext http) => Now(http, modes));
        if (!modes.SignIn)
            return;
        var guarded = routes.MapGroup("").RequireRateLimiting(RateLimits.SignIn).WithMetadata(new RequestSizeLimitAttribute(JsonBody.MaxBytes));
        guarded.MapPost(Path, SignInAsync);
        guarded.MapPost("/api/token", TokenAsync);
        guarded.MapPost("/api/token/refresh", RefreshAsync);
        guarded.MapPut("/api/account/password", ChangePasswordAsync).RequireAuthorization();
        routes.MapDelete(Path, SignOutAsync);
    }

    /// <summary>Who the page speaks for: asked by the page before anything else, so nobody is refused.</summary>
    private static JsonHttpResult<Session> Now(HttpContext http, AccessModes modes)
    {
        http.Response.Headers.CacheControl = "no-store";
        var user = http.User;
        var signedIn = user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? new SignedIn(id, user.Identity?.Name ?? id, user.IsInRole(Principals.Administrator))
            : null;
        return TypedResults.Json(new Session(signedIn, modes.SignIn ? SignInPage.Path : null), AccountJson.Default.Session);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, PasswordCheck check, PageSession session, CancellationToken cancel)
    {
        if (!CookieGuard.ComesFromOurPage(http.Request))
            return Problems.Forbidden("A session is begun by a page of this server. Programs ask for a token.");
        if ((await JsonBody.ReadAsync(http.Request, AccountJson.Default.Credentials, cancel)).IsProblem(out var problem, out var given))
            return problem;
        if (await check.FindAsync(given.Email, given.Password, cancel) is not { } account)
            return Problems.Unauthorized(PasswordCheck.Refusal);
        await session.BeginAsync(account, given.Remember);
        return TypedResults.Json(new Session(new SignedIn(account.Id, account.Email!, account.IsAdministrator), SignInPage.Path), AccountJson.Default.Session);
    }

    private static async Task<IResult> SignOutAsync(PageSession session)
    {
        await session.EndAsync();
        return TypedResults.NoContent();
    }

    /// <summary>An hour's access, and a token with which a program gets the next one without the password; in the framework's own words.</summary>
    private static async Task<IResult> TokenAsync(HttpRequest request, PasswordCheck check, CancellationToken cancel)
    {
        if ((await JsonBody.ReadAsync(request, AccountJson.Default.Credentials, cancel)).IsProblem(out var problem, out var given))
            return problem;
        return await check.FindAsync(given.Email, given.Password, cancel) is { } account
            ? TypedResults.SignIn(Tickets.For(account), authenticationScheme: Schemes.Token)
            : Problems.Unauthorized(PasswordCheck.Refusal);
    }

    private static async Task<IResult> RefreshAsync(
        HttpRequest request, IOptionsMonitor<BearerTokenOptions> options, AccountDirectory accounts, TimeProvider time, CancellationToken cancel)
    {
        if ((await JsonBody.ReadAsync(request, AccountJson.Default.RefreshToken, cancel)).IsProblem(out var problem, out var given))
            return problem;
        var ticket = options.Get(Schemes.Token).RefreshTokenProtector.Unprotect(given.Token);
        if (ticket?.Properties.ExpiresUtc is not { } expires || expires <= time.GetUtcNow() || Tickets.Read(ticket.Principal) is not var (id, stamp))
            return Problems.Unauthorized("The token is not good any more: sign in again.");
        var account = await accounts.FindAsync(id);
        return Tickets.IsGood(account, stamp)
            ? TypedResults.SignIn(Tickets.For(account!), authenticationScheme: Schemes.Token)
            : Problems.Unauthorized("The token is not good any more: sign in again.");
    }

    /// <summary>One's own: every other session of the account ends.</summary>
    private static async Task<IResult> ChangePasswordAsync(
        HttpContext http, CurrentUser user, AccountDirectory accounts, PasswordCheck check, PageSession session, CancellationToken cancel)
    {
        if ((await JsonBody.ReadAsync(http.Request, AccountJson.Default.PasswordChange, cancel)).IsProblem(out var problem, out var change))
            return problem;
        if (await accounts.FindAsync(user.Id) is not { } account)
            return Problems.Conflict("Who is signed in here has no password.");
        if (await check.FindAsync(account.Email!, change.CurrentPassword, cancel) is null)
            return Problems.Forbidden("The current password is not right, or there were too many attempts.");
        if ((await accounts.ChangeAsync(account, new AccountChange(Password: change.NewPassword))).IsProblem(out problem, out AccountRow? changed))
            return problem;
        if (http.User.Identity?.AuthenticationType == Schemes.Cookie)
            await session.BeginAsync(changed, remember: false);
        return TypedResults.NoContent();
    }
}
