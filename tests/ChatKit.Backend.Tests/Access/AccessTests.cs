using System.Net;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Access;

/// <summary>Who is let in: the real rules, not the test's header.</summary>
public sealed class AccessTests
{
    private const string List = """{"type":"threads.list","params":{}}""";

    [Theory]
    [InlineData("", "", HttpStatusCode.OK)]
    [InlineData("X-Forwarded-For", "203.0.113.7", HttpStatusCode.Unauthorized)]
    [InlineData("Forwarded", "for=203.0.113.7", HttpStatusCode.Unauthorized)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://chat.example", HttpStatusCode.OK)]
    [InlineData("Origin", "http://chat.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "127.0.0.1.evil.example:8000", HttpStatusCode.Forbidden)]
    [InlineData("Host", "localhost:8000", HttpStatusCode.OK)]
    [InlineData("Host", "chat.localhost", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]:8000", HttpStatusCode.OK)]
    [InlineData("Host", "chat.example", HttpStatusCode.OK)]
    public async Task Only_this_machine_its_own_page_and_listed_origins_are_let_in(string header, string value, HttpStatusCode expected)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, realUsers: true, settings: ("ALLOWED_ORIGINS", "https://chat.example"));

        using var response = await SendAsync(host, HttpMethod.Post, "/chatkit", header, value);

        if (expected is HttpStatusCode.OK)
            Assert.Equal(expected, response.StatusCode);
        else
            await response.ProblemAsync(expected);
    }

    [Fact]
    public async Task The_page_s_own_origin_is_let_in()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, realUsers: true);

        using var response = await SendAsync(host, HttpMethod.Post, "/chatkit", "Origin", host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_proxy_that_signs_people_in_is_let_in_where_the_operator_says_so()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, realUsers: true, settings: ("CHATKIT_ANONYMOUS", "anyone"));

        using var response = await SendAsync(host, HttpMethod.Post, "/chatkit", "X-Forwarded-For", "203.0.113.7");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/models")]
    public async Task A_foreign_host_name_gets_nothing_at_all(string path)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, realUsers: true);

        using var response = await SendAsync(host, HttpMethod.Get, path, "Host", "rebound.example");

        await response.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Health_answers_to_any_name()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, realUsers: true);

        using var response = await SendAsync(host, HttpMethod.Get, "/health", "Host", "backend");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("https://chat.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task A_preflight_is_answered_for_listed_origins_alone(string origin, bool allowed)
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing, realUsers: true, settings: ("ALLOWED_ORIGINS", "https://chat.example"));
        using var request = new HttpRequestMessage(HttpMethod.Options, "/chatkit");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) && origins.Single() == origin);
        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Headers", out var headers) && headers.Single().StartsWith("authorization,content-type,", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("ALLOWED_ORIGINS", "*", "every web site")]
    [InlineData("ALLOWED_ORIGINS", "chat.example", "not an origin")]
    [InlineData("ALLOWED_ORIGINS", "https://chat.example/path", "not an origin")]
    [InlineData("CHATKIT_ANONYMOUS", "everyone", "none of loopback, anyone and none")]
    public async Task A_setting_that_cannot_be_meant_keeps_the_backend_from_starting(string name, string value, string reason)
    {
        var refusal = await Assert.ThrowsAsync<ServiceDefaults.Hosting.StartupException>(() => BackendHost.StartAsync(settings: (name, value)));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_user_there_is_401()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);

        await host.RefusedAsync(HttpStatusCode.Unauthorized, List, user: "");
    }

    private static async Task<HttpResponseMessage> SendAsync(BackendHost host, HttpMethod method, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new StringContent(List, System.Text.Encoding.UTF8, "application/json");
        if (header.Length > 0)
            request.Headers.Add(header, value);
        return await host.Http.SendAsync(request);
    }
}
