using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Models;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Backend.Tests.Models;

/// <summary>Who asked stands in the gateway's records, and nowhere else.</summary>
public sealed class PersonOnRecordTests
{
    [Fact]
    public async Task The_gateway_learns_who_asks()
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo"));
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        foreach (var person in (string[])["alice", "bob"])
            await host.NewThreadAsync($"I am {person}", user: person);

        Assert.Equal(
            [("alice", "I am alice"), ("bob", "I am bob")],
            gateway.Requests.Where(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal))
                .Select(request => (request.Headers[ModelEndpoint.PersonHeader], request.Json.GetProperty("messages")[1].GetProperty("content").GetString()!)));
    }

    [Fact]
    public async Task Another_provider_learns_nothing_about_people()
    {
        await using var provider = await FakeUpstream.StartAsync(new GatewayDialect("demo"));
        await using var host = await BackendHost.StartAsync(settings:
        [
            ("MODEL_PROVIDER", "openai"), ("MODEL_API_BASE", provider.ApiBase), ("OPENAI_API_KEY", GatewayDialect.Key), ("CHATKIT_MODEL", "demo"),
        ]);
        await host.NewThreadAsync("Hi", user: "alice");

        Assert.DoesNotContain(ModelEndpoint.PersonHeader, Assert.Single(provider.Requests).Headers.Keys);
    }
}
