using System.Net;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatKit.Backend.Tests.Access.Accounts;

/// <summary>What administrators do with accounts.</summary>
public sealed class AccountApiTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task An_account_is_made_listed_changed_disabled_and_deleted_with_all_that_the_person_wrote(DatabaseKind kind)
    {
        await using var host = await People.StartAsync(Answers.Saying("Hello"), kind);
        using var root = await host.SignedInAsync();
        var ada = await host.AddAsync("Ada@Example.com");
        using var page = await host.SignedInAsync("ada@example.COM");
        using (var turn = await page.ChatAsync("threads.create", """{"input":{"content":[{"type":"input_text","text":"Hi"}],"attachments":[],"inference_options":{} } }"""))
            await turn.AllEventsAsync();
        using (var upload = await page.ChatAsync("attachments.create", """{"name":"a.txt","size":1,"mime_type":"text/plain"}"""))
            Assert.Equal(HttpStatusCode.OK, upload.StatusCode);

        Assert.Equal(["Ada@Example.com", People.Administrator], await EmailsAsync(root, ""));
        using (var renamed = await ChangeAsync(root, ada, """{"name":"Ada L.","administrator":true}"""))
            Assert.Equal(("Ada L.", true), Shown(await renamed.Content.ReadAsStringAsync()));
        using (var disabled = await ChangeAsync(root, ada, """{"disabled":true}"""))
            Assert.Equal(HttpStatusCode.OK, disabled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await page.StatusAsync());
        using (var enabled = await ChangeAsync(root, ada, """{"disabled":false}"""))
            Assert.Equal(HttpStatusCode.OK, enabled.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await page.StatusAsync());
        using (var again = await host.SignedInAsync("ada@example.com"))
            Assert.Equal(HttpStatusCode.OK, await again.StatusAsync());

        using (var deleted = await root.SendJsonAsync(HttpMethod.Delete, $"/api/users/{ada}"))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal([People.Administrator], await EmailsAsync(root, ""));
        await using var chat = host.Database.Open();
        Assert.Equal((0, 0, 0), (await chat.Threads.CountAsync(), await chat.Items.CountAsync(), await chat.Attachments.CountAsync()));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_list_has_pages(DatabaseKind kind)
    {
        await using var host = await People.StartAsync(kind: kind);
        using var root = await host.SignedInAsync();
        foreach (var name in (string[])["cleo", "abel", "bea"])
            await host.AddAsync($"{name}@example.com");

        var first = JsonDocument.Parse(await root.GetStringAsync(new Uri("/api/users?limit=2", UriKind.Relative))).RootElement;

        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal(["abel@example.com", "bea@example.com"], Emails(first));
        Assert.Equal(["cleo@example.com", People.Administrator], await EmailsAsync(root, $"?limit=2&after={first.GetProperty("after").GetString()}"));
    }

    [Fact]
    public async Task An_account_that_cannot_be_is_refused()
    {
        (string Body, HttpStatusCode Status, string Reason)[] refused =
        [
            ("""{"email":"a@example.com","password":"short"}""", HttpStatusCode.UnprocessableEntity, "fewer than 12 characters"),
            ("""{"email":"a@example.com","password":"password123456"}""", HttpStatusCode.UnprocessableEntity, "too easily guessed"),
            ("""{"email":"not an address","password":"correct horse battery"}""", HttpStatusCode.UnprocessableEntity, "invalid"),
            ("""{"email":"","password":"correct horse battery"}""", HttpStatusCode.UnprocessableEntity, "invalid"),
            ("""{"email":"ROOT@example.com","password":"correct horse battery"}""", HttpStatusCode.Conflict, "already"),
            ("""{"email":"a@example.com"}""", HttpStatusCode.UnprocessableEntity, "not what this request takes"),
            ("""{"email":null,"password":"correct horse battery"}""", HttpStatusCode.UnprocessableEntity, "not what this request takes"),
            ("""{"email":7,"password":"correct horse battery"}""", HttpStatusCode.UnprocessableEntity, "not what this request takes"),
            ("""{"email":""", HttpStatusCode.BadRequest, "not valid JSON"),
            ("null", HttpStatusCode.BadRequest, "an object"),
        ];
        await using var host = await People.StartAsync();
        using var root = await host.SignedInAsync();
        foreach (var (body, status, reason) in refused)
        {
            using var response = await root.SendJsonAsync(HttpMethod.Post, "/api/users", body);
            Assert.Contains(reason, await response.ProblemAsync(status), StringComparison.Ordinal);
        }

        using var text = await root.PostAsync(new Uri("/api/users", UriKind.Relative), new StringContent("{}"));
        await text.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal([People.Administrator], await EmailsAsync(root, ""));
    }

    [Fact]
    public async Task Nobody_but_administrators_manages_accounts()
    {
        await using var host = await People.StartAsync();
        await host.AddAsync("ada@example.com");
        using var ada = await host.SignedInAsync("ada@example.com");
        using var nobody = host.Browser();
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Post, ""), (HttpMethod.Patch, "/usr_1"), (HttpMethod.Delete, "/usr_1")])
        {
            using var refused = await ada.SendJsonAsync(method, $"/api/users{path}", "{}");
            using var unknown = await nobody.SendJsonAsync(method, $"/api/users{path}", "{}");
            await refused.ProblemAsync(HttpStatusCode.Forbidden);
            await unknown.ProblemAsync(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var host = await People.StartAsync();
        using var root = await host.SignedInAsync();
        var id = JsonDocument.Parse(await root.GetStringAsync(new Uri("/api/users", UriKind.Relative))).RootElement.GetProperty("data")[0].Id();

        using var demoted = await ChangeAsync(root, id, """{"administrator":false}""");
        using var disabled = await ChangeAsync(root, id, """{"disabled":true}""");
        using var deleted = await root.SendJsonAsync(HttpMethod.Delete, $"/api/users/{id}");

        Assert.Equal("This is the last administrator who can sign in.", await demoted.ProblemAsync(HttpStatusCode.Conflict));
        await disabled.ProblemAsync(HttpStatusCode.Conflict);
        await deleted.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.OK, await root.StatusAsync());
    }

    [Fact]
    public async Task A_person_changes_the_own_password_and_every_other_session_ends()
    {
        await using var host = await People.StartAsync();
        await host.AddAsync("ada@example.com");
        using var here = await host.SignedInAsync("ada@example.com");
        using var elsewhere = await host.SignedInAsync("ada@example.com");
        using var program = host.Program((await host.TokensAsync("ada@example.com")).Access());

        using (var wrong = await here.SendJsonAsync(HttpMethod.Put, "/api/account/password", """{"current_password":"no","new_password":"a new and long one"}"""))
            await wrong.ProblemAsync(HttpStatusCode.Forbidden);
        using (var weak = await here.SendJsonAsync(HttpMethod.Put, "/api/account/password", $$"""{"current_password":"{{People.Password}}","new_password":"ada"}"""))
            await weak.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        using (var changed = await here.SendJsonAsync(HttpMethod.Put, "/api/account/password", $$"""{"current_password":"{{People.Password}}","new_password":"a new and long one"}"""))
            Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);

        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync());
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await elsewhere.StatusAsync(), await program.StatusAsync()));
        using var again = await host.SignedInAsync("ada@example.com", "a new and long one");
        Assert.Equal(HttpStatusCode.OK, await again.StatusAsync());
    }

    [Fact]
    public async Task No_password_and_no_session_stands_in_a_log_or_in_clear_in_the_database()
    {
        await using var host = await People.StartAsync();
        var tokens = await host.TokensAsync();
        using var browser = await host.SignedInAsync();
        using var wrong = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials(People.Administrator, "a mistyped password"));

        var logs = string.Concat(host.Logs.At(LogLevel.Trace));
        await using var database = host.Database.OpenUsers();
        Assert.All([People.Password, "a mistyped password", tokens.Access()], secret => Assert.DoesNotContain(secret, logs, StringComparison.Ordinal));
        Assert.DoesNotContain("correct", (await database.Users.SingleAsync()).PasswordHash, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient root, string id, string change) => root.SendJsonAsync(HttpMethod.Patch, $"/api/users/{id}", change);

    private static async Task<IEnumerable<string>> EmailsAsync(HttpClient root, string query) =>
        Emails(JsonDocument.Parse(await root.GetStringAsync(new Uri($"/api/users{query}", UriKind.Relative))).RootElement);

    private static IEnumerable<string> Emails(JsonElement page) => page.GetProperty("data").EnumerateArray().Select(account => account.GetProperty("email").GetString()!);

    private static (string?, bool) Shown(string account)
    {
        var shown = JsonDocument.Parse(account).RootElement;
        return (shown.GetProperty("name").GetString(), shown.GetProperty("administrator").GetBoolean());
    }
}
