using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Azure;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Azure;

/// <summary>Tokens of Entra, by Azure's own library against an Entra that is not there.</summary>
public sealed class EntraTokenTests : IDisposable
{
    private const string Tenant = "3f1f0d5e-0000-0000-0000-000000000001";

    private readonly FakeEntra _entra = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly EntraIdentity _application = new() { Source = EntraSource.ClientSecret, TenantId = Tenant, ClientId = "app", ClientSecret = new Secret("very-secret") };

    public void Dispose() => _entra.Dispose();

    [Fact]
    public async Task An_application_gets_its_token_for_azures_models()
    {
        Assert.Equal("token-1", await Source().GetTokenAsync(CancellationToken.None));

        var form = Assert.Single(_entra.TokenRequests);
        Assert.Contains("client_id=app", form, StringComparison.Ordinal);
        Assert.Contains("client_secret=very-secret", form, StringComparison.Ordinal);
        Assert.Contains("grant_type=client_credentials", form, StringComparison.Ordinal);
        Assert.Contains(Uri.EscapeDataString("https://cognitiveservices.azure.com/.default"), form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_kept_until_it_is_about_to_run_out()
    {
        var source = Source();
        await source.GetTokenAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(50));
        await source.GetTokenAsync(CancellationToken.None);
        Assert.Single(_entra.TokenRequests);
    }

    [Fact]
    public void Deployments_of_one_identity_share_its_tokens()
    {
        var tokens = new EntraTokens(_time);

        Assert.Same(tokens.Of(_application), tokens.Of(_application with { ClientSecret = new Secret("very-secret") }));
        Assert.NotSame(tokens.Of(_application), tokens.Of(_application with { ClientSecret = new Secret("other") }));
    }

    [Fact]
    public async Task A_refusal_is_said_without_the_secret_and_is_not_kept()
    {
        var source = Source();
        _entra.Refuses = true;
        var error = await Assert.ThrowsAsync<CredentialException>(() => source.GetTokenAsync(CancellationToken.None).AsTask());
        Assert.Contains($"the application app of the tenant {Tenant}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", error.Message, StringComparison.Ordinal);

        _entra.Refuses = false;
        Assert.Equal("token-1", await source.GetTokenAsync(CancellationToken.None));
    }

    private ITokenSource Source() => new EntraTokens(_time, new HttpClientTransport(_entra)).Of(_application);

    /// <summary>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow</summary>
    private sealed class FakeEntra : HttpMessageHandler
    {
        public List<string> TokenRequests { get; } = [];

        public bool Refuses { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
                return Json(HttpStatusCode.OK, $$"""{"tenant_discovery_endpoint":"https://login.microsoftonline.com/{{Tenant}}/v2.0/.well-known/openid-configuration","api-version":"1.1","metadata":[{"preferred_network":"login.microsoftonline.com","preferred_cache":"login.windows.net","aliases":["login.microsoftonline.com"]}],"token_endpoint":"https://login.microsoftonline.com/{{Tenant}}/oauth2/v2.0/token","authorization_endpoint":"https://login.microsoftonline.com/{{Tenant}}/oauth2/v2.0/authorize","issuer":"https://login.microsoftonline.com/{{Tenant}}/v2.0"}""");
            if (Refuses) return Json(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}""");
            TokenRequests.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return Json(HttpStatusCode.OK, $$"""{"token_type":"Bearer","expires_in":3599,"access_token":"token-{{TokenRequests.Count}}"}""");
        }

        private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
