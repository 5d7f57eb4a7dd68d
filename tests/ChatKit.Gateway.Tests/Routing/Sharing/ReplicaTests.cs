using System.Text.Json;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing.Sharing;

/// <summary>Gateways that share a real Redis.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private const string Gone = "this replica routes by what it sees itself";
    private const string Back = "answers again; routing state is shared";

    private FakeUpstream _a = null!;
    private FakeUpstream _b = null!;

    public async Task InitializeAsync() => (_a, _b) = (await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync());

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_cooldown_of_one_keeps_the_others_away()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await Replica.StartAsync(_a, _b, redis.Port);
        await using var two = await Replica.StartAsync(_a, _b, redis.Port);
        _a.Always = Replies.Status(429, """{"error":{"message":"slow down","type":"rate_limit"}}""");
        while (_a.Requests.Count == 0) (await one.ChatAsync()).EnsureSuccessStatusCode().Dispose();

        await two.StateAsync("m-a", state => state.TryGetProperty("cooling_until", out _));
        for (var i = 0; i < 20; i++) (await two.ChatAsync()).EnsureSuccessStatusCode().Dispose();

        Assert.Single(_a.Requests);
    }

    [SkippableFact]
    public async Task A_replica_that_starts_later_learns_of_it_even_from_one_that_did_not_decide_it()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var two = await Replica.StartAsync(_a, _b, redis.Port);
        _a.Always = Replies.Status(429, """{"error":{"message":"slow down","type":"rate_limit"}}""");
        await using (var one = await Replica.StartAsync(_a, _b, redis.Port))
        {
            while (_a.Requests.Count == 0) (await one.ChatAsync()).EnsureSuccessStatusCode().Dispose();
            await two.StateAsync("m-a", state => state.TryGetProperty("cooling_until", out _));
        }

        await using var three = await Replica.StartAsync(_a, _b, redis.Port);
        var state = await three.StateAsync("m-a", state => state.TryGetProperty("cooling_until", out _));
        Assert.Equal("it is at its rate limit", state.GetProperty("cooldown_reason").GetString());
    }

    [SkippableFact]
    public async Task Minutes_are_added_up_and_latencies_are_learnt()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await Replica.StartAsync(_a, _b, redis.Port);
        await using var two = await Replica.StartAsync(_a, _b, redis.Port);
        for (var i = 0; i < 5; i++) (await one.ChatAsync()).EnsureSuccessStatusCode().Dispose();
        for (var i = 0; i < 3; i++) (await two.ChatAsync()).EnsureSuccessStatusCode().Dispose();

        foreach (var replica in (Replica[])[one, two])
        {
            await replica.StateAsync("m-a", state => Requests(state) == _a.Requests.Count);
            await replica.StateAsync("m-b", state => Requests(state) == _b.Requests.Count);
        }

        Assert.Equal(8, _a.Requests.Count + _b.Requests.Count);
        foreach (var id in (string[])["m-a", "m-b"])
            Assert.Equal((await one.StateAsync(id)).TryGetProperty("seconds_per_token", out _), (await two.StateAsync(id)).TryGetProperty("seconds_per_token", out _));
    }

    [SkippableFact]
    public async Task Redis_may_be_killed_under_load_and_is_used_again_when_it_is_back()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await Replica.StartAsync(_a, _b, redis.Port);
        await using var two = await Replica.StartAsync(_a, _b, redis.Port);
        (await one.ChatAsync()).EnsureSuccessStatusCode().Dispose();
        await two.StateAsync(_a.Requests.Count == 1 ? "m-a" : "m-b", state => Requests(state) == 1);

        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(LoadAsync(one, stop.Token), LoadAsync(two, stop.Token));
        await redis.KillAsync();
        await one.LogsAsync(Gone);
        await two.LogsAsync(Gone);
        await redis.StartAsync();
        await one.LogsAsync(Back);
        await two.LogsAsync(Back);
        await stop.CancelAsync();
        await load;

        await two.StateAsync("m-a", state => Requests(state) == _a.Requests.Count);
        foreach (var replica in (Replica[])[one, two])
        {
            Assert.Single(replica.Gateway.Logs.All, line => line.Contains(Gone, StringComparison.Ordinal));
            Assert.Single(replica.Gateway.Logs.All, line => line.Contains(Back, StringComparison.Ordinal));
        }
    }

    [SkippableFact]
    public async Task A_slow_Redis_delays_no_call()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var proxy = new SlowProxy(redis.Host, redis.Port);
        await using var one = await Replica.StartAsync(_a, _b, proxy.Port);
        (await one.ChatAsync()).EnsureSuccessStatusCode().Dispose();

        // No answer comes while these calls run: a call that waited for one would never end.
        proxy.Delay = TimeSpan.FromHours(1);
        await one.LogsAsync(Gone);
        for (var i = 0; i < 50; i++) (await one.ChatAsync()).EnsureSuccessStatusCode().Dispose();
        Assert.Single(one.Gateway.Logs.All, line => line.Contains(Gone, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Counted_in_Redis_a_limit_holds_over_all_replicas_to_the_call()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await Replica.StartAsync(_a, _b, redis.Port, "routing_strategy: usage-based-routing-v2, num_retries: 0", "rpm: 10,", isPatient: true);
        await using var two = await Replica.StartAsync(_a, _b, redis.Port, "routing_strategy: usage-based-routing-v2, num_retries: 0", "rpm: 10,", isPatient: true);
        foreach (var replica in (Replica[])[one, two]) await replica.ConnectedAsync();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            using var answer = await (i % 2 == 0 ? one : two).ChatAsync();
            return (int)answer.StatusCode;
        }));

        Assert.Equal((10, 10), (_a.Requests.Count, _b.Requests.Count));
        Assert.Equal((20, 40), (statuses.Count(status => status == 200), statuses.Count(status => status == 429)));
    }

    [SkippableFact]
    public async Task Counting_waits_for_a_silent_Redis_no_longer_than_its_patience()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var proxy = new SlowProxy(redis.Host, redis.Port);
        await using var one = await Replica.StartAsync(_a, _b, proxy.Port, "routing_strategy: usage-based-routing-v2", "rpm: 1000,");
        await one.ConnectedAsync();

        // No answer comes while these calls run: a call that waited for one would never end.
        proxy.Delay = TimeSpan.FromHours(1);
        for (var i = 0; i < 50; i++) (await one.ChatAsync()).EnsureSuccessStatusCode().Dispose();
    }

    [SkippableFact]
    public async Task Readiness_names_the_cache_and_stays_healthy_without_it()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await Replica.StartAsync(_a, _b, redis.Port);
        using var before = await ReadinessAsync(one);
        Assert.Equal("redis", before.RootElement.GetProperty("cache").GetString());

        await redis.KillAsync();
        await one.LogsAsync(Gone);
        using var after = await ReadinessAsync(one);
        Assert.Equal(("healthy", "redis"), (after.RootElement.GetProperty("status").GetString(), after.RootElement.GetProperty("cache").GetString()));
        Assert.Contains("does not answer", after.RootElement.GetProperty("problems").GetProperty("redis").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> ReadinessAsync(Replica replica) =>
        JsonDocument.Parse(await replica.Gateway.Client.GetStringAsync(new Uri("/health/readiness", UriKind.Relative)));

    private static async Task LoadAsync(Replica replica, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) (await replica.ChatAsync()).EnsureSuccessStatusCode().Dispose();
    }

    private static int Requests(JsonElement state) => state.GetProperty("requests_this_minute").GetInt32();
}
