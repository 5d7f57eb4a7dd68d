using System.Net;
using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Backend.Tests.Models;

public sealed class ModelsEndpointTests
{
    private static readonly Uri Models = new("/api/models", UriKind.Relative);

    [Fact]
    public async Task The_picker_gets_the_gateway_s_models_without_its_wildcards()
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("openai/*", "demo", "gpt-x"));
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);

        Assert.Equal(
            """{"data":[{"id":"demo","label":"demo","default":true},{"id":"gpt-x","label":"gpt-x","default":false}]}""",
            await host.Http.GetStringAsync(Models));
    }

    [Fact]
    public async Task The_configured_model_is_marked()
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo", "gpt-x"));
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, settings: ("MODEL", "gpt-x"));
        var models = JsonDocument.Parse(await host.Http.GetStringAsync(Models)).RootElement.GetProperty("data");

        Assert.Equal([false, true], models.EnumerateArray().Select(model => model.GetProperty("default").GetBoolean()));
    }

    [Fact]
    public async Task An_empty_catalog_is_an_empty_list_and_a_turn_says_so()
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("openai/*"));
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        var events = await host.StreamAsync(Calls.Create("Hi"));

        Assert.Equal("""{"data":[]}""", await host.Http.GetStringAsync(Models));
        Assert.Equal("No model is available.", events[^1].GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_list_is_remembered_for_a_moment()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo"));
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, time: time);
        await host.Http.GetStringAsync(Models);
        await host.Http.GetStringAsync(Models);
        var remembered = gateway.Requests.Count;
        time.Advance(TimeSpan.FromMinutes(1));
        await host.Http.GetStringAsync(Models);

        Assert.Equal((1, 2), (remembered, gateway.Requests.Count));
    }

    [Fact]
    public async Task A_gateway_that_is_down_is_502_and_found_again_when_it_is_back()
    {
        using var nobody = new RefusedAddress();
        await using var host = await BackendHost.StartAsync(gateway: nobody.ApiBase);
        using var response = await host.Http.GetAsync(Models);

        Assert.Equal("The model gateway did not answer.", await response.ProblemAsync(HttpStatusCode.BadGateway));
    }
}
