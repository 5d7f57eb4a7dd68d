using System.Net;
using System.Text;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace ChatKit.Backend.Tests.Access.HostTokens;

/// <summary>Tokens of the application that embeds the chat: which are taken, and all that are not.</summary>
public sealed class HostTokenTests
{
    private const string Secret = "an application's secret of 32 bytes or more";

    [Fact]
    public async Task A_person_for_whom_the_application_vouches_chats_as_that_person()
    {
        await using var host = await StartAsync(("AUTH_SECRET_KEY", Secret));
        using var ada = host.Program(FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", email: "ada@example.com"));

        Assert.Equal(HttpStatusCode.OK, await ada.StatusAsync());
        var user = JsonDocument.Parse(await ada.GetStringAsync(new Uri("/api/session", UriKind.Relative))).RootElement.GetProperty("user");
        Assert.Equal(("host:ada", "ada@example.com", false), (user.Id(), user.GetProperty("name").GetString(), user.GetProperty("administrator").GetBoolean()));
    }

    private static readonly Dictionary<string, string> BadTokens = new()
    {
        ["signed with nothing"] = FakeIssuer.Make(sign: null, "ada", "https://login.example"),
        ["signed with another secret"] = FakeIssuer.Make(FakeIssuer.Hmac("another application's secret of 32 bytes"), "ada", "https://login.example"),
        ["of another algorithm"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret + Secret, SecurityAlgorithms.HmacSha512), "ada", "https://login.example"),
        ["expired"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", "https://login.example", minutes: -5),
        ["good for ever"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", "https://login.example", minutes: 0),
        ["of another issuer"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", "https://evil.example"),
        ["of no issuer"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada"),
        ["for another application"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", "https://login.example", audience: "shop"),
        ["for no application"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", "https://login.example", audience: ""),
        ["about nobody"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), subject: null, "https://login.example"),
        ["about an empty name"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "", "https://login.example"),
        ["about too long a name"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), new string('a', 251), "https://login.example"),
        ["about a name with line breaks"] = FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada\r\nx: y", "https://login.example"),
        ["no token at all"] = "a.b.c",
        ["a good one, changed"] = Changed(FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", "https://login.example")),
    };

    [Fact]
    public async Task Every_other_token_is_refused()
    {
        await using var host = await StartAsync(("AUTH_SECRET_KEY", Secret), ("AUTH_ISSUER", "https://login.example"), ("AUTH_AUDIENCE", FakeIssuer.Audience));
        using var good = host.Program(FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada", "https://login.example"));
        Assert.Equal(HttpStatusCode.OK, await good.StatusAsync());
        foreach (var (kind, token) in BadTokens)
        {
            using var bad = host.Program(token);
            using var refused = await bad.ChatAsync("threads.list", "{}");
            Assert.True(refused.StatusCode == HttpStatusCode.Unauthorized, $"one that is {kind}: {refused.StatusCode}");
            await refused.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.StartsWith("Bearer", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        var logs = string.Concat(host.Logs.At(LogLevel.Debug));
        Assert.All(BadTokens.Values, token => Assert.DoesNotContain(token, logs, StringComparison.Ordinal));
    }

    /// <summary>As time stands still in this test but for what it lets pass, the issuer may be asked again only after that.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_issuer_s_published_keys_are_found_and_a_new_one_too(bool ownAddress)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        var first = issuer.NewKey("first");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await BackendHost.StartAsync(
            Answers.Nothing,
            time: time,
            realUsers: true,
            settings: [("AUTH_ISSUER", issuer.Url), ("AUTH_AUDIENCE", FakeIssuer.Audience), .. ownAddress ? [("AUTH_JWKS_URL", issuer.Keys)] : Array.Empty<(string, string)>()]);
        using var ada = host.Program(issuer.Token(first, "ada"));
        Assert.Equal(HttpStatusCode.OK, await ada.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await ada.StatusAsync());
        Assert.Equal(1, issuer.TimesAsked);

        using var stranger = host.Program(issuer.Token(issuer.NewKey("nobody's", publish: false), "ada"));
        var rotated = issuer.NewKey("second");
        issuer.Withdraw(first);
        using var bea = host.Program(issuer.Token(rotated, "bea"));
        time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(HttpStatusCode.OK, await bea.StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await stranger.StatusAsync());
        Assert.Equal(2, issuer.TimesAsked);
    }

    /// <summary>The classic: the public key, which everybody has, used as if it were a shared secret (RFC 8725, 2.1).</summary>
    [Fact]
    public async Task A_public_key_is_no_secret()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        var key = issuer.NewKey("first");
        await using var host = await StartAsync(("AUTH_ISSUER", issuer.Url), ("AUTH_AUDIENCE", FakeIssuer.Audience));
        byte[][] asSecrets = [key.Rsa.ExportSubjectPublicKeyInfo(), key.Rsa.ExportRSAPublicKey(), Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem())];
        foreach (var secret in asSecrets)
        {
            var forged = new SymmetricSecurityKey(secret) { KeyId = "first" };
            using var mallory = host.Program(issuer.Token(forged, "ada", SecurityAlgorithms.HmacSha256));
            Assert.Equal(HttpStatusCode.Unauthorized, await mallory.StatusAsync());
        }

        using var unsigned = host.Program(FakeIssuer.Make(sign: null, "ada", issuer.Url));
        Assert.Equal(HttpStatusCode.Unauthorized, await unsigned.StatusAsync());
    }

    [Fact]
    public async Task An_issuer_that_is_away_lets_nobody_in()
    {
        using var nobody = new Testing.Upstream.RefusedAddress();
        await using var host = await StartAsync(("AUTH_JWKS_URL", $"{nobody.ApiBase}/keys"), ("AUTH_AUDIENCE", FakeIssuer.Audience));
        using var ada = host.Program(FakeIssuer.Make(FakeIssuer.Hmac(Secret), "ada"));

        using var refused = await ada.ChatAsync("threads.list", "{}");

        await refused.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_host_application_cannot_name_an_account_of_ours_nor_an_administrator()
    {
        await using var host = await StartAsync(("AUTH_SECRET_KEY", Secret), ("ADMIN_EMAIL", People.Administrator), ("ADMIN_PASSWORD", People.Password));
        var account = await host.AddAsync("ada@example.com", administrator: true);
        using var own = await host.SignedInAsync("ada@example.com");
        using var forged = host.Program(FakeIssuer.Make(FakeIssuer.Hmac(Secret), account));

        var now = JsonDocument.Parse(await forged.GetStringAsync(new Uri("/api/session", UriKind.Relative))).RootElement.GetProperty("user");
        using var accounts = await forged.SendJsonAsync(HttpMethod.Get, "/api/users");

        Assert.Equal($"host:{account}", now.Id());
        await accounts.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, await own.StatusAsync());
    }

    private static Task<BackendHost> StartAsync(params (string Name, string Value)[] settings) => BackendHost.StartAsync(Answers.Nothing, realUsers: true, settings: settings);

    /// <summary>Another subject under the same signature.</summary>
    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("\"ada\"", "\"bea\"", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }
}
