using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using ChatKit.ServiceDefaults.Database;
using Xunit;

namespace ChatKit.Backend.Tests.Access;

/// <summary>A backend where people sign in, and the people: in a browser, with its cookie; or a program, with its token.</summary>
internal static class People
{
    public const string Administrator = "root@example.com";
    public const string Password = "correct horse battery";

    public static Task<BackendHost> StartAsync(
        IResponder? responder = null,
        DatabaseKind kind = DatabaseKind.Sqlite,
        TimeProvider? time = null,
        string gateway = "http://127.0.0.1:9/v1",
        params (string Name, string Value)[] settings) => BackendHost.StartAsync(
        responder ?? Answers.Nothing,
        kind,
        gateway,
        time,
        realUsers: true,
        settings: [("ADMIN_EMAIL", Administrator), ("ADMIN_PASSWORD", Password), .. settings]);

    /// <summary>A page of the backend in a browser: keeps cookies, says where its calls come from.</summary>
    public static HttpClient Browser(this BackendHost host, string site = "same-origin") => new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = host.Http.BaseAddress,
        DefaultRequestHeaders = { { "Sec-Fetch-Site", site } },
    };

    public static HttpClient Program(this BackendHost host, string? token = null) => new(new SocketsHttpHandler())
    {
        BaseAddress = host.Http.BaseAddress,
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    public static async Task<HttpClient> SignedInAsync(this BackendHost host, string email = Administrator, string password = Password)
    {
        var browser = host.Browser();
        using var response = await browser.SendJsonAsync(HttpMethod.Post, "/api/session", Credentials(email, password));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return browser;
    }

    public static async Task<JsonElement> TokensAsync(this BackendHost host, string email = Administrator, string password = Password)
    {
        using var program = host.Program();
        using var response = await program.SendJsonAsync(HttpMethod.Post, "/api/token", Credentials(email, password));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public static string Access(this JsonElement tokens) => tokens.GetProperty("accessToken").GetString()!;

    public static string Credentials(string email, string password) => $$"""{"email":{{Quote(email)}},"password":{{Quote(password)}}}""";

    /// <summary>Makes an account as the administrator does; returns its id.</summary>
    public static async Task<string> AddAsync(this BackendHost host, string email, string password = Password, bool administrator = false)
    {
        using var root = host.Program((await host.TokensAsync()).Access());
        using var response = await root.SendJsonAsync(
            HttpMethod.Post, "/api/users", $$"""{"email":{{Quote(email)}},"password":{{Quote(password)}},"administrator":{{(administrator ? "true" : "false")}}}""");
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, body);
        return JsonDocument.Parse(body).RootElement.Id();
    }

    public static async Task<HttpResponseMessage> SendJsonAsync(this HttpClient client, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A call of the protocol.</summary>
    public static Task<HttpResponseMessage> ChatAsync(this HttpClient client, string type, string parameters) =>
        client.SendJsonAsync(HttpMethod.Post, "/chatkit", Calls.Body(type, parameters));

    /// <summary>What a call for one's threads is answered with.</summary>
    public static async Task<HttpStatusCode> StatusAsync(this HttpClient client)
    {
        using var response = await client.ChatAsync("threads.list", "{}");
        return response.StatusCode;
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
