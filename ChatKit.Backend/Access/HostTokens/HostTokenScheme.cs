using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace ChatKit.Backend.Access.HostTokens;

/// <summary>
/// Lets in whom a host application vouches for. The algorithms are ours to choose and never the token's: a secret verifies HS256 alone, public keys verify
/// signatures alone, so that no token signed with a public key as if it were a secret, and none signed with nothing, is taken (RFC 8725, 3.1).
/// </summary>
internal static class HostTokenScheme
{
    /// <summary>Before a subject in a user's id: no host application can name one of our own accounts.</summary>
    public const string IdPrefix = "host:";

    /// <summary>OpenID Connect's limit for a subject is 255 ASCII characters; our column has room for 256 with the prefix.</summary>
    private const int MaxSubject = 250;

    private static readonly string[] Signatures = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static void Configure(JwtBearerOptions options, HostTokenRule rule)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = rule.Secret is null ? Signatures : [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = rule.Secret is null ? null : new SymmetricSecurityKey(rule.Secret),
            ValidateIssuer = rule.Issuer is not null,
            ValidIssuer = rule.Issuer,
            ValidateAudience = rule.Audience is not null,
            ValidAudience = rule.Audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromSeconds(30),
        };
        options.Events = new JwtBearerEvents { OnTokenValidated = Admit, OnAuthenticationFailed = Refuse };
    }

    /// <summary>Where the issuer publishes its keys.</summary>
    public static void UseKeys(JwtBearerOptions options, IssuerKeys keys)
    {
        options.ConfigurationManager = keys;
        options.Events.OnMessageReceived = context =>
            keys.LookForAsync(context.Request.Headers.Authorization.ToString()["Bearer ".Length..].Trim(), context.HttpContext.RequestAborted);
    }

    private static Task Admit(TokenValidatedContext context)
    {
        if (context.Principal?.FindFirstValue("sub") is not { Length: > 0 and <= MaxSubject } subject || !subject.All(character => character is > ' ' and < '\x7f'))
        {
            context.Fail("The token names no subject.");
            return Task.CompletedTask;
        }

        var shown = context.Principal.FindFirstValue("email") ?? context.Principal.FindFirstValue("name") ?? subject;
        context.Principal = Principals.Of(IdPrefix + subject, shown, Schemes.HostToken);
        return Task.CompletedTask;
    }

    /// <summary>Also where the keys could not be had: what cannot be checked is not taken.</summary>
    private static Task Refuse(AuthenticationFailedContext context)
    {
        var logger = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HostTokenScheme));
        HostTokenLog.Refused(logger, context.Exception.GetType().Name);
        context.Fail(context.Exception);
        return Task.CompletedTask;
    }
}
