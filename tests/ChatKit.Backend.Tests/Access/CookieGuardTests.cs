using System.Net;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Access;

/// <summary>Another page may not act for a visitor who is signed in here.</summary>
public sealed class CookieGuardTests
{
    private static readonly string List = Calls.Body("threads.list", "{}");

    public static TheoryData<string, string, bool> Callers() => new()
    {
        { "same-origin", "self", true },
        { "same-origin", "", true },
        { "same-site", "http://app.127.0.0.1", false },
        { "same-site", "https://chat.example", false },
        { "cross-site", "https://chat.example", false },
        { "cross-site", "", false },
        { "none", "", false },
        { "", "self", true },
        { "", "", false },
        { "", "null", false },
        { "", "https://chat.example", false },
        { "", "https://evil.example", false },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task A_call_with_the_cookie_comes_from_our_own_page(string site, string origin, bool letIn)
    {
        await using var host = await People.StartAsync(settings: ("ALLOWED_ORIGINS", "https://chat.example"));
        using var browser = await host.SignedInAsync();
        using var response = await browser.SendJsonAsync(HttpMethod.Post, "/chatkit", List, Headers(host, site, origin));

        if (letIn)
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        else
            await response.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_call_with_a_token_is_not_looked_at()
    {
        await using var host = await People.StartAsync(settings: ("ALLOWED_ORIGINS", "https://chat.example"));
        using var component = host.Program((await host.TokensAsync()).Access());
        using var response = await component.SendJsonAsync(HttpMethod.Post, "/chatkit", List, ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://chat.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("https://chat.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Nobody_is_signed_in_or_out_by_another_page()
    {
        await using var host = await People.StartAsync();
        using var elsewhere = host.Browser("cross-site");
        using var session = await elsewhere.SendJsonAsync(HttpMethod.Post, "/api/session", People.Credentials(People.Administrator, People.Password));
        using var form = await elsewhere.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("email", People.Administrator), new("password", People.Password)]));
        using var leave = await elsewhere.PostAsync(new Uri("/sign-out", UriKind.Relative), content: null);

        await session.ProblemAsync(HttpStatusCode.Forbidden);
        await leave.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, form.StatusCode);
        Assert.All([session, form, leave], response => Assert.False(response.Headers.Contains("Set-Cookie")));
    }

    private static (string Name, string Value)[] Headers(BackendHost host, string site, string origin) =>
    [
        ("Sec-Fetch-Site", site),
        .. origin.Length == 0 ? Array.Empty<(string, string)>() : [("Origin", origin == "self" ? host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin)],
    ];
}
