using System.Net;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Access.Sessions;

/// <summary>Signing in and out, by cookie and by token.</summary>
public sealed class SessionTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_person_signs_in_chats_and_signs_out(DatabaseKind kind)
    {
        await using var host = await People.StartAsync(Answers.Saying("Hello"), kind);
        using var browser = await host.SignedInAsync();

        using (var turn = await browser.ChatAsync("threads.create", """{"input":{"content":[{"type":"input_text","text":"Hi"}],"attachments":[],"inference_options":{} } }"""))
            Assert.Equal("thread.item.done", (await turn.AllEventsAsync())[^1].Type());
        Assert.Equal(People.Administrator, (await NowAsync(browser)).GetProperty("user").GetProperty("name").GetString());
        using (var left = await browser.SendJsonAsync(HttpMethod.Delete, "/api/session"))
            Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        var now = await NowAsync(browser);
        Assert.Equal((JsonValueKind.Null, "/sign-in"), (now.GetProperty("user").ValueKind, now.GetProperty("sign_in").GetString()));
    }

    [Fact]
    public async Task The_cookie_is_seen_by_no_script_and_sent_by_no_other_site()
    {
        await using var host = await People.StartAsync(settings: ("ALLOWED_ORIGINS", "https://chat.example"));
        using var browser = host.Browser();

        using var plain = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials(People.Administrator, People.Password));
        using var behindProxy = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials(People.Administrator, People.Password), ("Host", "chat.example"));

        Assert.EndsWith("; path=/; samesite=lax; httponly", Cookie(plain), StringComparison.Ordinal);
        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", Cookie(behindProxy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_to_be_remembered_is_and_nobody_else()
    {
        await using var host = await People.StartAsync();
        using var browser = host.Browser();

        using var response = await browser.SendJsonAsync(
            HttpMethod.Post, "/api/session", $$"""{"email":"{{People.Administrator}}","password":"{{People.Password}}","remember":true}""");

        Assert.Contains("; expires=", Cookie(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_address_or_password_is_told_in_the_same_words()
    {
        const string Refusal = "The e-mail address or the password is not right, or there were too many attempts. After five, wait five minutes.";
        await using var host = await People.StartAsync();
        using var browser = host.Browser();
        foreach (var (email, password) in ((string, string)[])[(People.Administrator, "wrong horse battery"), ("nobody@example.com", People.Password), ("", "")])
        {
            using var session = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials(email, password));
            using var token = await browser.SendJsonAsync(HttpMethod.Post, "/api/token", People.Credentials(email, password));
            Assert.Equal(Refusal, await session.ProblemAsync(HttpStatusCode.Unauthorized));
            Assert.Equal(Refusal, await token.ProblemAsync(HttpStatusCode.Unauthorized));
            Assert.False(session.Headers.Contains("Set-Cookie"));
        }
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Five_wrong_passwords_close_the_account_for_five_minutes_also_to_the_right_one(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await People.StartAsync(kind: kind, time: time);
        using var browser = host.Browser();

        // At the same time: an attempt that does not wait for the others' results is counted like every other.
        var guesses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => await TryAsync(browser, $"guess number {i}")));
        var closed = await TryAsync(browser, People.Password);
        time.Advance(TimeSpan.FromMinutes(5));
        var open = await TryAsync(browser, People.Password);

        Assert.All(guesses, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (closed, open));
        await using var database = host.Database.OpenUsers();
        var account = await database.Users.SingleAsync();
        Assert.Equal((0, null), (account.AccessFailedCount, account.LockoutEnd));
    }

    [Fact]
    public async Task A_token_is_good_for_an_hour_and_is_renewed_without_the_password()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await People.StartAsync(time: time);
        var tokens = await host.TokensAsync();
        using var program = host.Program(tokens.Access());
        var fresh = await program.StatusAsync();
        time.Advance(TimeSpan.FromMinutes(61));
        using var old = await program.ChatAsync("threads.list", "{}");
        await old.ProblemAsync(HttpStatusCode.Unauthorized);

        using var renewed = await program.SendJsonAsync(HttpMethod.Post, "/api/token/refresh", $$"""{"token":"{{tokens.GetProperty("refreshToken").GetString()}}"}""", ("Authorization", ""));
        using var again = host.Program(JsonDocument.Parse(await renewed.Content.ReadAsStringAsync()).RootElement.Access());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (fresh, await again.StatusAsync()));
        using var accessToken = await program.SendJsonAsync(HttpMethod.Post, "/api/token/refresh", $$"""{"token":"{{tokens.Access()}}"}""", ("Authorization", ""));
        await accessToken.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_is_no_session_is_refused_as_nobody_s()
    {
        (string Name, string Value)[] headers =
        [
            ("Authorization", "Bearer not-a-token"),
            ("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."),
            ("Authorization", "Bearer "),
            ("Authorization", "Basic cm9vdDpyb290"),
            ("Cookie", "chatkit.session=not-a-cookie"),
            ("Cookie", "chatkit.session="),
        ];
        await using var host = await People.StartAsync();
        using var caller = host.Program();
        foreach (var header in headers)
        {
            using var response = await caller.SendJsonAsync(HttpMethod.Post, "/chatkit", Calls.Body("threads.list", "{}"), header);
            await response.ProblemAsync(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_bad_token_is_not_forgiven_for_a_good_cookie()
    {
        await using var host = await People.StartAsync();
        using var browser = await host.SignedInAsync();

        using var response = await browser.SendJsonAsync(HttpMethod.Post, "/chatkit", Calls.Body("threads.list", "{}"), ("Authorization", "Bearer no"));

        await response.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Headers_beyond_every_measure_are_431()
    {
        await using var host = await People.StartAsync();
        using var caller = host.Program();

        using var response = await caller.SendJsonAsync(HttpMethod.Post, "/chatkit", Calls.Body("threads.list", "{}"), ("Authorization", $"Bearer {new string('a', 40_000)}"));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task What_one_replica_gave_every_other_takes(DatabaseKind kind)
    {
        await using var one = await People.StartAsync(kind: kind);
        await using var other = await People.StartAsync(kind: kind, settings: ("DATABASE_URL", one.Database.Url));
        using var browser = one.Browser();
        using var signedIn = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials(People.Administrator, People.Password));
        using var elsewhere = other.Browser();

        using var response = await elsewhere.SendJsonAsync(HttpMethod.Post, "/chatkit", Calls.Body("threads.list", "{}"), ("Cookie", Cookie(signedIn).Split(';')[0]));
        using var program = other.Program((await one.TokensAsync()).Access());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (response.StatusCode, await program.StatusAsync()));
    }

    [Fact]
    public async Task With_a_salt_the_keys_of_sessions_are_sealed_in_the_database_and_open_elsewhere()
    {
        await using var one = await People.StartAsync(settings: ("LITELLM_SALT_KEY", "sk-salt-of-these-tests"));
        await using var other = await People.StartAsync(settings: [("DATABASE_URL", one.Database.Url), ("LITELLM_SALT_KEY", "sk-salt-of-these-tests")]);
        await using var stranger = await People.StartAsync(settings: [("DATABASE_URL", one.Database.Url), ("LITELLM_SALT_KEY", "sk-another-salt")]);
        var token = (await one.TokensAsync()).Access();
        using var program = other.Program(token);
        using var unsealed = stranger.Program(token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await program.StatusAsync(), await unsealed.StatusAsync()));
        await using var database = one.Database.OpenUsers();
        var keys = await database.DataProtectionKeys.ToListAsync();
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.DoesNotContain("masterKey", key.Xml, StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient browser, string password)
    {
        using var response = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials(People.Administrator, password));
        return response.StatusCode;
    }

    private static async Task<JsonElement> NowAsync(HttpClient browser) =>
        JsonDocument.Parse(await browser.GetStringAsync(new Uri("/api/session", UriKind.Relative))).RootElement;

    private static string Cookie(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Set-Cookie"));
}
