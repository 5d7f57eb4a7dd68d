using ChatKit.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ChatKit.Backend.Access.Sessions;

/// <summary>The cookie of the page: no script sees it, no other site sends it, and it goes over https alone where the page does.</summary>
internal sealed class PageSession(IHttpContextAccessor http)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    public Task BeginAsync(AccountRow account, bool remember) =>
        http.HttpContext!.SignInAsync(Schemes.Cookie, Tickets.For(account), new AuthenticationProperties { IsPersistent = remember });

    public Task EndAsync() => http.HttpContext!.SignOutAsync(Schemes.Cookie);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Schemes.CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lasts;
        options.SlidingExpiration = true;
        options.Events = new CookieAuthenticationEvents
        {
            OnSigningIn = SecureBehindProxy,
            OnRedirectToLogin = Refuse,
            OnRedirectToAccessDenied = Forbid,
        };
    }

    /// <summary>A proxy that ends TLS in front of us is known by the origin that it was given in <c>ALLOWED_ORIGINS</c>.</summary>
    private static Task SecureBehindProxy(CookieSigningInContext context)
    {
        var origins = context.HttpContext.RequestServices.GetRequiredService<AllowedOrigins>();
        context.CookieOptions.Secure |= origins.Lists($"https://{context.Request.Host}");
        return Task.CompletedTask;
    }

    /// <summary>A status in place of a redirect, for which the callers of an API have no use; and no cookie that would be refused again.</summary>
    private static Task Refuse(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Cookies.Delete(Schemes.CookieName);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static Task Forbid(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
