using System.Security.Claims;

namespace ChatKit.Backend.Access;

/// <summary>Who a request comes from, in the few claims that the backend knows. What a token says beside them is not carried on.</summary>
internal static class Principals
{
    public const string Administrator = "administrator";

    /// <summary>Nobody in particular.</summary>
    public static ClaimsPrincipal Nobody => new(new ClaimsIdentity());

    public static ClaimsPrincipal Of(string id, string name, string scheme, bool administrator = false)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name)], scheme);
        if (administrator)
            identity.AddClaim(new Claim(ClaimTypes.Role, Administrator));
        return new ClaimsPrincipal(identity);
    }
}
