using ChatKit.Backend.Access.HostTokens;

namespace ChatKit.Backend.Access;

/// <summary>Who needs no account.</summary>
internal enum Anonymous
{
    Nobody,
    AtThisMachine,
    Anyone,
}

/// <summary>
/// Which ways in are open; the environment decides, nothing else. An administrator's address opens sign-in; a secret or an issuer opens tokens of a host
/// application; where neither is set, whoever sits at this machine needs no account (<c>CHATKIT_ANONYMOUS</c> says otherwise).
/// </summary>
/// <param name="SignIn">People have accounts here, and sign in.</param>
/// <param name="Tokens">Whose tokens are taken; null: nobody's.</param>
/// <param name="Anonymous">Who is let in without either.</param>
internal sealed record AccessModes(bool SignIn, HostTokenRule? Tokens, Anonymous Anonymous)
{
    /// <summary>Start-up has checked the values.</summary>
    public static AccessModes From(IConfiguration configuration)
    {
        var tokens = HostTokenRule.From(configuration);
        var administrator = !string.IsNullOrWhiteSpace(configuration["ADMIN_EMAIL"]);
        var said = configuration["CHATKIT_ANONYMOUS"]?.Trim() ?? "";
        var anonymous = said switch
        {
            "anyone" => Anonymous.Anyone,
            "loopback" => Anonymous.AtThisMachine,
            "none" => Anonymous.Nobody,
            _ => administrator || tokens is not null ? Anonymous.Nobody : Anonymous.AtThisMachine,
        };
        return new AccessModes(administrator || said == "none", tokens, anonymous);
    }
}
