using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatKit.Gateway.Tests.Providers.Google;

/// <summary>
/// Google's token endpoint (https://developers.google.com/identity/protocols/oauth2/service-account#httprest), which gives a new token to everybody who brings
/// an assertion, until it is told to refuse; and an account that points to it.
/// </summary>
internal sealed class FakeTokenEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _issued;

    private FakeTokenEndpoint(WebApplication app) => _app = app;

    /// <summary>How many tokens were asked for.</summary>
    public int Issued => _issued;

    /// <summary>How long a token holds, as the endpoint says.</summary>
    public int Lifetime { get; set; } = 3600;

    public bool Refuses { get; set; }

    /// <summary>The token that is given; null: a new one each time.</summary>
    public string? Token { get; set; }

    /// <summary>The tokens are given out when this completes.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The credential file of a service account whose tokens come from here.</summary>
    public string Account { get; private set; } = "";

    public static async Task<FakeTokenEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new FakeTokenEndpoint(builder.Build());
        endpoint._app.MapPost("/token", endpoint.AnswerAsync);
        await endpoint._app.StartAsync();
        using var key = RSA.Create(2048);
        endpoint.Account =
            $$"""
            {"type":"service_account","project_id":"fake","private_key_id":"1","private_key":"{{JsonEncodedText.Encode(key.ExportPkcs8PrivateKeyPem())}}",
            "client_email":"fake@fake.iam.gserviceaccount.com","client_id":"1","token_uri":"{{endpoint._app.Urls.First()}}/token"}
            """;
        return endpoint;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var isAssertion = form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer" && form["assertion"].ToString().Split('.').Length == 3;
        var number = Interlocked.Increment(ref _issued);
        await Gate;
        http.Response.ContentType = "application/json";
        http.Response.StatusCode = Refuses || !isAssertion ? 400 : 200;
        await http.Response.WriteAsync(http.Response.StatusCode == 200
            ? $$"""{"access_token":"{{Token ?? $"ya29.token-{number}"}}","expires_in":{{Lifetime}},"token_type":"Bearer"}"""
            : """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""");
    }
}
