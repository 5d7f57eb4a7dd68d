using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatKit.Backend.Tests.Access.HostTokens;

/// <summary>An application that signs people in: publishes its keys, and makes tokens with them.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "chatkit";

    private readonly WebApplication _app;
    private readonly List<RsaSecurityKey> _published = [];

    private FakeIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public string Keys => $"{Url}/keys";

    public int TimesAsked { get; private set; }

    public static async Task<FakeIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var issuer = new FakeIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Text($$"""{"issuer":"{{issuer.Url}}","jwks_uri":"{{issuer.Keys}}"}""", "application/json"));
        issuer._app.MapGet("/keys", () =>
        {
            issuer.TimesAsked++;
            return Results.Text(issuer.KeySet(), "application/json");
        });
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Makes a key, and puts it among the published ones unless they are to stay as they are.</summary>
    public RsaSecurityKey NewKey(string id, bool publish = true)
    {
        var key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = id };
        if (publish)
            _published.Add(key);
        return key;
    }

    public void Withdraw(RsaSecurityKey key) => _published.Remove(key);

    public string Token(SecurityKey key, string subject, string algorithm = SecurityAlgorithms.RsaSha256, string? issuer = null) =>
        Make(new SigningCredentials(key, algorithm), subject, issuer ?? Url);

    /// <summary>Any token, good or not.</summary>
    public static string Make(SigningCredentials? sign, string? subject, string issuer = "", string audience = Audience, int minutes = 5, string? email = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>();
        if (subject is not null)
            claims["sub"] = subject;
        if (email is not null)
            claims["email"] = email;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer.Length == 0 ? null : issuer,
            Audience = audience.Length == 0 ? null : audience,
            Claims = claims,
            IssuedAt = now.AddMinutes(-10),
            Expires = minutes == 0 ? null : now.AddMinutes(minutes),
            SigningCredentials = sign,
        });
    }

    public static SigningCredentials Hmac(string secret, string algorithm = SecurityAlgorithms.HmacSha256) =>
        new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), algorithm);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string KeySet()
    {
        var keys = _published.Select(key =>
        {
            var public1 = key.Rsa.ExportParameters(includePrivateParameters: false);
            return $$"""{"kty":"RSA","use":"sig","kid":"{{key.KeyId}}","n":"{{Base64UrlEncoder.Encode(public1.Modulus!)}}","e":"{{Base64UrlEncoder.Encode(public1.Exponent!)}}"}""";
        });
        return $$"""{"keys":[{{string.Join(',', keys)}}]}""";
    }
}
