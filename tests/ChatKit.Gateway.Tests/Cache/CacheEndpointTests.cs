using System.Net;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>The administrator's routes around the cache.</summary>
public sealed class CacheEndpointTests
{
    [Fact]
    public async Task A_key_is_deleted_by_the_name_that_the_answer_told()
    {
        await using var host = await CacheHost.StartAsync();
        var told = await host.ChatAsync();

        var deleted = await host.PostAsync("/cache/delete", $$"""{"keys":["{{told.Key}}"]}""");
        await host.ChatAsync();

        Assert.Equal("success", deleted.Json.GetProperty("status").GetString());
        Assert.Equal(2, host.Asked);
    }

    [Fact]
    public async Task Everything_is_flushed_at_once()
    {
        await using var host = await CacheHost.StartAsync();
        await host.ChatAsync(question: "a");
        await host.ChatAsync(question: "b");

        Assert.Equal(200, (await host.PostAsync("/cache/flushall", "")).Status);
        await host.ChatAsync(question: "a");
        await host.ChatAsync(question: "b");

        Assert.Equal(4, host.Asked);
    }

    [Fact]
    public async Task Ping_tells_what_the_cache_is()
    {
        await using var host = await CacheHost.StartAsync();

        var ping = JsonSerializer.Deserialize<JsonElement>(await host.Gateway.Client.GetStringAsync(new Uri("/cache/ping", UriKind.Relative)));
        var ready = JsonSerializer.Deserialize<JsonElement>(await host.Gateway.Client.GetStringAsync(new Uri("/health/readiness", UriKind.Relative)));

        Assert.Equal(("healthy", "local", true), (ping.GetProperty("status").GetString(), ping.GetProperty("cache_type").GetString(), ping.GetProperty("ping_response").GetBoolean()));
        Assert.Equal("local", ready.GetProperty("cache").GetString());
    }

    [Fact]
    public async Task Without_a_cache_they_say_so_and_without_the_right_key_nothing()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.At(upstream));
        using var nobody = new HttpClient(new SocketsHttpHandler()) { BaseAddress = gateway.Address };

        using var ping = await gateway.Client.GetAsync(new Uri("/cache/ping", UriKind.Relative));
        using var refused = await nobody.PostAsync(new Uri("/cache/flushall", UriKind.Relative), new StringContent("", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ping.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }
}
