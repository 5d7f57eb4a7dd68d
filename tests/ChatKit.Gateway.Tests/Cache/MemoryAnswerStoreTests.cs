using ChatKit.Gateway.Cache;
using ChatKit.Gateway.Model;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>Answers in memory: how long, how many, how much.</summary>
public sealed class MemoryAnswerStoreTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task An_answer_is_there_until_its_time_is_over()
    {
        var store = new MemoryAnswerStore(new CacheSettings(), _time);
        store.Keep("k", Answer(10), TimeSpan.FromSeconds(5));

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.NotNull(await store.FindAsync("k"));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Null(await store.FindAsync("k"));
        Assert.Equal((0, 0L), store.Holds);
    }

    [Fact]
    public async Task The_one_that_was_not_asked_for_longest_goes_first()
    {
        var shard = new MemoryShard(maxBytes: 1_000_000, maxCount: 3, _time);
        foreach (var key in (string[])["a", "b", "c"]) shard.Keep(key, Answer(10), TimeSpan.FromHours(1));
        shard.Find("a");

        shard.Keep("d", Answer(10), TimeSpan.FromHours(1));

        Assert.NotNull(shard.Find("a"));
        Assert.Null(shard.Find("b"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Neither_number_nor_memory_outgrow_their_bounds()
    {
        var store = new MemoryAnswerStore(new CacheSettings { MemoryBytes = 1_000_000, MaxEntries = 500, MaxEntryBytes = 10_000 }, _time);
        await Parallel.ForAsync(0, 20_000, (i, _) =>
        {
            store.Keep($"k{i}", Answer(i % 9_000), TimeSpan.FromHours(1));
            return ValueTask.CompletedTask;
        });

        Assert.InRange(store.Holds.Count, 1, 500);
        Assert.InRange(store.Holds.Bytes, 1, 1_000_000);
    }

    [Fact]
    public async Task The_longest_answer_that_may_be_kept_is_kept_however_small_the_memory()
    {
        var store = new MemoryAnswerStore(new CacheSettings { MemoryBytes = 1_100_000, MaxEntryBytes = 1_000_000 }, _time);

        store.Keep("k", Answer(1_000_000), TimeSpan.FromHours(1));

        Assert.NotNull(await store.FindAsync("k"));
    }

    [Fact]
    public async Task What_is_deleted_or_flushed_is_gone()
    {
        var store = new MemoryAnswerStore(new CacheSettings(), _time);
        foreach (var key in (string[])["a", "b", "c"]) store.Keep(key, Answer(10), TimeSpan.FromHours(1));

        await store.DeleteAsync(["a"]);
        Assert.Null(await store.FindAsync("a"));
        Assert.NotNull(await store.FindAsync("b"));
        await store.FlushAsync();
        Assert.Equal((0, 0L), store.Holds);
    }

    [Fact]
    public void An_answer_is_the_same_after_it_was_bytes()
    {
        var answer = new CachedAnswer(AnswerKind.Events, "text/event-stream", "data: ü\n\n"u8.ToArray(), DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123), "d1", "seed");
        var bytes = answer.ToBytes();

        var read = CachedAnswer.FromBytes(bytes)!;

        Assert.Equal(answer.Body.ToArray(), read.Body.ToArray());
        Assert.Equal(answer with { Body = default }, read with { Body = default });
        for (var length = 0; length < bytes.Length; length++) Assert.Null(CachedAnswer.FromBytes(bytes[..length]));
        Assert.Null(CachedAnswer.FromBytes([9, .. bytes[1..]]));
    }

    private static CachedAnswer Answer(int length) => new(AnswerKind.Document, "application/json", new byte[length], DateTimeOffset.UnixEpoch, "d1", null);
}
