using ChatKit.Backend.Access.Limits;
using ChatKit.Backend.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ChatKit.Backend.Access.SignIn;

/// <summary>Where people sign in: <c>/sign-in</c>, and <c>/sign-out</c>. Nothing runs there, and a form of it goes nowhere but back here.</summary>
internal static class SignInPage
{
    public const string Path = "/sign-in";

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static void MapSignInPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http) => Show(http, ReturnPath.Of(http.Request.Query["return"]), "", problem: null));
        routes.MapPost(Path, SubmitAsync).RequireRateLimiting(RateLimits.SignIn).WithMetadata(new RequestSizeLimitAttribute(JsonBody.MaxBytes)).DisableAntiforgery();
        routes.MapPost("/sign-out", SignOutAsync);
    }

    private static async Task<IResult> SubmitAsync(HttpContext http, PasswordCheck check, PageSession session, CancellationToken cancel)
    {
        var text = SignInText.For(http.Request);
        // Another page may neither sign a visitor in as somebody else nor see whether that worked.
        if (!CookieGuard.ComesFromOurPage(http.Request))
            return Show(http, "/", "", text.Foreign, StatusCodes.Status403Forbidden);
        if (!http.Request.HasFormContentType)
            return Problems.UnsupportedMediaType("Send the form.");
        var form = await http.Request.ReadFormAsync(cancel);
        var (email, goOn) = (form["email"].ToString(), ReturnPath.Of(form["return"]));
        if (await check.FindAsync(email, form["password"].ToString(), cancel) is not { } account)
            return Show(http, goOn, email, text.Refused, StatusCodes.Status401Unauthorized);
        await session.BeginAsync(account, remember: form["remember"] == "true");
        return SeeOther(http, goOn);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, PageSession session)
    {
        if (!CookieGuard.ComesFromOurPage(http.Request))
            return Problems.Forbidden("Only a page of this server signs people out.");
        await session.EndAsync();
        return SeeOther(http, Path);
    }

    private static ContentHttpResult Show(HttpContext http, string goOn, string email, string? problem, int status = StatusCodes.Status200OK)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return TypedResults.Content(SignInForm.Render(SignInText.For(http.Request), goOn, email, problem), "text/html; charset=utf-8", statusCode: status);
    }

    private static StatusCodeHttpResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
