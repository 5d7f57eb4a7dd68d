using ChatKit.Gateway.Keys.Lookup;
using Xunit;

namespace ChatKit.Gateway.Tests.Keys.Lookup;

public sealed class ClockCacheTests
{
    [Fact]
    public void What_is_read_stays_however_much_passes_through()
    {
        var cache = new ClockCache<int, string>(capacity: 100);
        for (var key = 0; key < 10; key++) cache.Set(key, $"used {key}");
        for (var key = 1000; key < 11_000; key++)
        {
            cache.Set(key, "passing");
            for (var used = 0; used < 10; used++) Assert.True(cache.TryGet(used, out _), $"{used} was pushed out by {key}");
        }

        Assert.Equal(100, cache.Count);
    }

    [Fact]
    public void A_value_is_replaced_in_its_place_and_removed_for_good()
    {
        var cache = new ClockCache<int, string>(capacity: 2);
        cache.Set(1, "old");
        cache.Set(1, "new");
        Assert.True(cache.TryGet(1, out var value));
        Assert.Equal("new", value);
        cache.Remove(1);
        cache.Remove(1);
        Assert.False(cache.TryGet(1, out _));
        Assert.Empty(cache.Entries);
    }

    [Fact]
    public void The_room_of_what_was_removed_is_used_again()
    {
        var cache = new ClockCache<int, string>(capacity: 8);
        for (var round = 0; round < 1000; round++)
        {
            for (var key = 0; key < 8; key++) cache.Set((round * 8) + key, "x");
            for (var key = 0; key < 8; key += 2) cache.Remove((round * 8) + key);
            Assert.InRange(cache.Count, 4, 8);
        }
    }

    [Fact]
    public void Many_threads_never_make_it_larger_than_it_may_be()
    {
        var cache = new ClockCache<int, string>(capacity: 64);
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 5000; i++)
            {
                var key = (i * 7919 * (thread + 1)) % 500;
                if (i % 5 == 0) cache.Remove(key);
                else if (!cache.TryGet(key, out var value)) cache.Set(key, key.ToString(System.Globalization.CultureInfo.InvariantCulture));
                else Assert.Equal(key.ToString(System.Globalization.CultureInfo.InvariantCulture), value);
            }
        });
        Assert.InRange(cache.Count, 1, 64);
    }
}
