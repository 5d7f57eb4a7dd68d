using System.Text;
using Microsoft.Extensions.Configuration;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>What keeps the backend from deciding whom it lets in: it does not start on a guess.</summary>
internal static class AccessProblems
{
    public const string AdminEmail = "ADMIN_EMAIL";
    public const string AdminPassword = "ADMIN_PASSWORD";
    public const string Secret = "AUTH_SECRET_KEY";
    public const string Issuer = "AUTH_ISSUER";
    public const string Audience = "AUTH_AUDIENCE";
    public const string Keys = "AUTH_JWKS_URL";

    /// <summary>A key of HS256 has at least as many bits as its hash (RFC 7518, 3.2).</summary>
    public const int SecretBytes = 32;

    public static IEnumerable<VariableProblem> Of(IConfiguration configuration) => Administrator(configuration).Concat(HostTokens(configuration));

    private static IEnumerable<VariableProblem> Administrator(IConfiguration configuration)
    {
        var (email, password) = (Read(configuration, AdminEmail), configuration[AdminPassword] ?? "");
        if (email is not null && !IsAddress(email))
            yield return new(AdminEmail, "is not an e-mail address");
        if (email is null && password.Length > 0)
            yield return new(AdminEmail, $"is not set: {AdminPassword} belongs to an account");
        if (email is not null && password.Length == 0)
            yield return new(AdminPassword, $"is not set: the account of {AdminEmail} needs a password");
        else if (email is not null && PasswordRule.Problem(password, email) is { } weak)
            yield return new(AdminPassword, $"{weak}: choose at least {PasswordRule.MinLength} characters that nobody guesses");
    }

    private static IEnumerable<VariableProblem> HostTokens(IConfiguration configuration)
    {
        var (secret, issuer, audience, keys) = (Read(configuration, Secret), Read(configuration, Issuer), Read(configuration, Audience), Read(configuration, Keys));
        if (secret is not null && (Encoding.UTF8.GetByteCount(secret) < SecretBytes || SampleValues.LooksUnfilled(secret)))
            yield return new(Secret, $"is a sample or has fewer than {SecretBytes} bytes: whoever guesses it is anybody");
        if (secret is not null && keys is not null)
            yield return new(Keys, $"and {Secret} are both set: tokens are signed in one way");
        if (secret is null && (keys ?? issuer) is not null && audience is null)
            yield return new(Audience, "is not set: without it, tokens that the issuer made for other applications would be taken");
        if (keys is not null && !IsSafeAddress(keys))
            yield return new(Keys, "is not an https address (http is for this machine alone)");
        if (secret is null && keys is null && issuer is not null && !IsSafeAddress(issuer))
            yield return new(Issuer, $"is not an https address (http is for this machine alone): set {Keys} where its keys are elsewhere");
        if (secret is null && keys is null && issuer is null && audience is not null)
            yield return new(Audience, $"is set, but neither {Secret} nor {Issuer} is");
    }

    private static string? Read(IConfiguration configuration, string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? value : null;

    private static bool IsAddress(string email) =>
        email.Length <= 256 && email.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    private static bool IsSafeAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback));
}
