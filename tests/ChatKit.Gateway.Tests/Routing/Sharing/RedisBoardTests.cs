using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing.Sharing;
using ChatKit.Testing.Databases;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing.Sharing;

/// <summary>Notes and counts in a Redis that others may use at the same time.</summary>
public sealed class RedisBoardTests
{
    private readonly string _one = Guid.NewGuid().ToString("N");
    private readonly string _two = Guid.NewGuid().ToString("N");

    [SkippableFact]
    public async Task Each_reads_the_notes_of_all_others_as_they_were_last_written()
    {
        await using var redis = await RedisServer.RequireAsync();
        await using var first = await RedisBoard.ConnectAsync(new RedisSettings(redis.Host, redis.Port, null));
        await using var second = await RedisBoard.ConnectAsync(new RedisSettings(redis.Host, redis.Port, null));
        await first.ExchangeAsync(new ReplicaNote(_one, "old"));
        await first.ExchangeAsync(new ReplicaNote(_one, "new"));

        var read = await second.ExchangeAsync(new ReplicaNote(_two, "own"));

        Assert.Equal("new", Assert.Single(read, note => note.Replica == _one).Text);
        Assert.DoesNotContain(read, note => note.Replica == _two);
        Assert.Contains(await first.ExchangeAsync(new ReplicaNote(_one, "new")), note => note is { Text: "own" } && note.Replica == _two);
    }

    [SkippableFact]
    public async Task No_two_calls_get_the_same_count()
    {
        await using var redis = await RedisServer.RequireAsync();
        await using var first = await RedisBoard.ConnectAsync(new RedisSettings(redis.Host, redis.Port, null));
        await using var second = await RedisBoard.ConnectAsync(new RedisSettings(redis.Host, redis.Port, null));

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? first : second).CountAsync(_one, minute: 1)));

        Assert.Equal(Enumerable.Range(1, 100).Select(count => (long)count), counts.Order());
        Assert.Equal(1, await first.CountAsync(_one, minute: 2));
    }

    [SkippableFact]
    public async Task A_server_that_is_not_there_fails_the_exchange_and_not_the_connecting()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await redis.KillAsync();
        await using var board = await RedisBoard.ConnectAsync(new RedisSettings(redis.Host, redis.Port, null));

        await Assert.ThrowsAnyAsync<Exception>(() => board.ExchangeAsync(new ReplicaNote(_one, "x")));
    }
}
