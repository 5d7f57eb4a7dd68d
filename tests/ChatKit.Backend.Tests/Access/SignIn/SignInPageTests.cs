using System.Net;
using ChatKit.Backend.Access.SignIn;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Access.SignIn;

/// <summary>The page where people sign in; it needs no script.</summary>
public sealed class SignInPageTests
{
    private static readonly Uri Page = new("/sign-in?return=/%3Fa%3D1", UriKind.Relative);

    [Fact]
    public async Task Who_opens_the_chat_is_sent_to_sign_in_and_back()
    {
        await using var host = await People.StartAsync();
        using var browser = host.Browser();
        using var sent = await browser.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (sent.StatusCode, sent.Headers.Location?.ToString()));

        using var signedIn = await SubmitAsync(browser, People.Password, "/?a=1");
        Assert.Equal((HttpStatusCode.SeeOther, "/?a=1"), (signedIn.StatusCode, signedIn.Headers.Location?.ToString()));
        using var chat = await browser.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (chat.StatusCode, chat.Content.Headers.ContentType?.MediaType));

        using var left = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), content: null);
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (left.StatusCode, left.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
    }

    [Fact]
    public async Task Without_accounts_there_is_nothing_to_sign_in_to()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, realUsers: true);
        using var browser = host.Browser();
        using var page = await browser.GetAsync(Page);
        using var chat = await browser.GetAsync(new Uri("/", UriKind.Relative));

        await page.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
    }

    [Fact]
    public async Task It_speaks_the_browser_s_language_and_runs_nothing()
    {
        await using var host = await People.StartAsync();
        using var browser = host.Browser();
        foreach (var (languages, title) in ((string, string)[])[("fr-CA,fr;q=0.9,en;q=0.8", "Connexion"), ("de,en;q=0.7,fr;q=0.3", "Sign in"), ("de", "Sign in"), ("garbage;;q=x", "Sign in"), ("", "Sign in")])
        {
            using var response = await browser.SendJsonAsync(HttpMethod.Get, Page.OriginalString, body: null, ("Accept-Language", languages));
            var html = await response.Content.ReadAsStringAsync();
            Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
            Assert.Contains("""<input type="hidden" name="return" value="/?a=1">""", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        }
    }

    [Fact]
    public async Task A_wrong_password_shows_the_form_again_with_what_was_typed_made_harmless()
    {
        await using var host = await People.StartAsync();
        using var browser = host.Browser();
        using var response = await SubmitAsync(browser, "wrong", "//evil.example", email: "\"><script>alert(1)</script>");
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"&quot;&gt;&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("name=\"return\" value=\"/\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/?x=1&y=2", "/?x=1&y=2")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/a\\..\\evil", "/")]
    [InlineData("/a\r\nSet-Cookie: b=c", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/é", "/")]
    public void Nobody_is_sent_elsewhere_after_signing_in(string? asked, string sent) => Assert.Equal(sent, ReturnPath.Of(asked));

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string password, string goOn, string email = People.Administrator) => browser.PostAsync(
        new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("email", email), new("password", password), new("return", goOn)]));
}
