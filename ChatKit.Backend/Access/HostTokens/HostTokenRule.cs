using System.Text;

namespace ChatKit.Backend.Access.HostTokens;

/// <summary>Which JSON Web Tokens (RFC 7519) of a host application are taken: signed with a secret that both know, or with a key that its issuer publishes.</summary>
/// <param name="Secret">Of HS256; null where public keys sign.</param>
/// <param name="Keys">Where the issuer's keys are (RFC 7517); null where it says so itself, or where a secret signs.</param>
/// <param name="Issuer">The only one whose tokens are taken; null: any that the key signs.</param>
/// <param name="Audience">The only one for which tokens are taken; null: any.</param>
internal sealed record HostTokenRule(byte[]? Secret, Uri? Keys, string? Issuer, string? Audience)
{
    /// <summary>Null where no host application is named. Start-up has checked the values.</summary>
    public static HostTokenRule? From(IConfiguration configuration)
    {
        var (secret, keys, issuer) = (Read(configuration, "AUTH_SECRET_KEY"), Read(configuration, "AUTH_JWKS_URL"), Read(configuration, "AUTH_ISSUER"));
        if (secret is null && keys is null && issuer is null)
            return null;
        return new HostTokenRule(
            secret is null ? null : Encoding.UTF8.GetBytes(secret),
            keys is null ? null : new Uri(keys),
            issuer,
            Read(configuration, "AUTH_AUDIENCE"));
    }

    private static string? Read(IConfiguration configuration, string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? value : null;
}
