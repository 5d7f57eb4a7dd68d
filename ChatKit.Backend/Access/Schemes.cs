using Microsoft.AspNetCore.Identity;

namespace ChatKit.Backend.Access;

/// <summary>The ways in which a request says who sends it, and which of them it uses. What was presented counts: a bad token is not forgiven for a good cookie.</summary>
internal static class Schemes
{
    /// <summary>Chooses among the others.</summary>
    public const string Any = "chatkit";

    /// <summary>The page's cookie.</summary>
    public static readonly string Cookie = IdentityConstants.ApplicationScheme;

    /// <summary>A token of ours, for programs.</summary>
    public static readonly string Token = IdentityConstants.BearerScheme;

    /// <summary>A token of the application that embeds the chat.</summary>
    public const string HostToken = "host-token";

    public const string CookieName = "chatkit.session";

    private const string Bearer = "Bearer ";

    public static string Of(HttpRequest request, AccessModes modes)
    {
        var given = request.Headers.Authorization.ToString();
        if (given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && (modes.SignIn || modes.Tokens is not null))
            return modes.Tokens is not null && (!modes.SignIn || LooksLikeJwt(given)) ? HostToken : Token;
        return modes.SignIn && request.Cookies.ContainsKey(CookieName) ? Cookie : LocalUser.Name;
    }

    /// <summary>Three parts between dots; ours have none.</summary>
    private static bool LooksLikeJwt(string header) => header.AsSpan().Count('.') == 2;
}
