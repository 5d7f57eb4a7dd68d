namespace ChatKit.Backend.Access;

/// <summary>
/// Refuses what another page makes a signed-in visitor's browser send (CSRF). A call that changes something and is signed by the cookie must come from a page
/// of this very origin, which the browser vouches for: by <c>Sec-Fetch-Site</c>, or, where it sends none (plain http in a network), by <c>Origin</c>
/// (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site). Neither can be set by a page, so no token need be handed around; the cookie's
/// <c>SameSite=Lax</c> is the second bar. Tokens are not sent by browsers on their own: calls that carry one are not looked at.
/// </summary>
internal sealed class CookieGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) => IsSafe(http.Request.Method) || !IsSignedByCookie(http) || ComesFromOurPage(http.Request)
        ? next(http)
        : Problems.Forbidden("A call with the session's cookie must come from a page of this server. Programs send a token.").ExecuteAsync(http);

    /// <summary>Whether the browser says that a page of this origin sends this.</summary>
    public static bool ComesFromOurPage(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "" => request.Headers.Origin.ToString() is { Length: > 0 } origin
            && Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase),
        var site => site == "same-origin",
    };

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsSignedByCookie(HttpContext http) => http.User.Identity?.AuthenticationType == Schemes.Cookie;
}
