using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Gateway.Tests.Providers.Google;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.GenerateContent;

/// <summary>A call to Vertex AI from end to end: the token from Google's endpoint, the project in the address.</summary>
public sealed class VertexCallTests
{
    [Fact]
    public async Task A_call_bears_a_token_that_is_fetched_once()
    {
        await using var tokens = await FakeTokenEndpoint.StartAsync();
        tokens.Token = VertexDialect.Token;
        await using var upstream = await FakeUpstream.StartAsync(new VertexDialect());
        await using var gateway = await GatewayHost.StartAsync(new VertexSubject().At(upstream) with { ApiKey = null, Identity = new GoogleIdentity(new Secret(tokens.Account)) });

        for (var i = 0; i < 3; i++)
        {
            using var chat = await gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"Hi"}]}""");
            using var native = await gateway.Client.PostAsync("/v1beta/models/gpt:generateContent", new StringContent("""{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""", Encoding.UTF8));
            Assert.Contains("Hello from the fake upstream.", await chat.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("Hello from the fake upstream.", await native.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(1, tokens.Issued);
        Assert.All(upstream.Requests, request => Assert.Equal("/v1/projects/fake/locations/global/publishers/google/models/gemini-2.5-flash:generateContent", request.Path));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_the_deployments_fault()
    {
        await using var tokens = await FakeTokenEndpoint.StartAsync();
        tokens.Refuses = true;
        await using var upstream = await FakeUpstream.StartAsync(new VertexDialect());
        await using var gateway = await GatewayHost.StartAsync(new VertexSubject().At(upstream) with { ApiKey = null, Identity = new GoogleIdentity(new Secret(tokens.Account)) });

        using var response = await gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"Hi"}]}""");

        var error = await ErrorAnswer.ReadAsync(response);
        Assert.Equal((401, "AuthenticationError: vertex_ai: Google gave no access token for the configured credentials: invalid_grant."), (error.Status, error.Message));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_whole_request_is_counted_without_its_envelope()
    {
        await using var upstream = await FakeUpstream.StartAsync(new VertexDialect());
        await using var gateway = await GatewayHost.StartAsync(new VertexSubject().At(upstream));

        using var response = await gateway.Client.PostAsync(
            "/v1beta/models/gpt:countTokens", new StringContent("""{"generateContentRequest":{"model":"models/x","contents":[{"parts":[{"text":"Hi"}]}]}}""", Encoding.UTF8));

        Assert.Contains("\"totalTokens\":31", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"contents":[{"parts":[{"text":"Hi"}]}]}""", upstream.Requests.Single().BodyText);
    }
}
