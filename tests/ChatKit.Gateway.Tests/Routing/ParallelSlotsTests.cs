using ChatKit.Gateway.Model;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ChatKit.Gateway.Tests.Routing;

/// <summary>Places at a deployment: who waits gets the next one, in turn, or gives up in time.</summary>
public sealed class ParallelSlotsTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly ParallelSlots _slots = new();

    [Fact]
    public void There_are_as_many_as_the_bound_says_and_any_number_without()
    {
        Assert.True(_slots.TryTake(2));
        Assert.True(_slots.TryTake(2));
        Assert.False(_slots.TryTake(2));
        Assert.False(_slots.HasFree(2));
        Assert.True(_slots.TryTake(null));
        _slots.Release();
        _slots.Release();
        Assert.True(_slots.TryTake(2));
    }

    [Fact]
    public async Task A_free_place_goes_to_the_first_in_line()
    {
        Assert.True(_slots.TryTake(1));
        var (first, second) = (Wait(), Wait());
        _slots.Release();
        Assert.True(await first);
        Assert.False(second.IsCompleted);
        Assert.Equal(1, _slots.Taken);
        _slots.Release();
        Assert.True(await second);
    }

    [Fact]
    public async Task The_wait_is_bounded_and_who_gave_up_takes_no_place()
    {
        Assert.True(_slots.TryTake(1));
        var (impatient, client) = (Wait(), new CancellationTokenSource());
        var left = _slots.TakeAsync(1, TimeSpan.FromHours(1), _time, client.Token).AsTask();
        _time.Advance(_longest);
        Assert.False(await impatient);
        await client.CancelAsync();
        Assert.False(await left);
        var patient = Wait();
        _slots.Release();
        Assert.True(await patient);
        client.Dispose();
    }

    [Fact]
    public async Task Without_patience_a_full_deployment_is_full()
    {
        Assert.True(_slots.TryTake(1));
        Assert.False(await _slots.TakeAsync(1, TimeSpan.Zero, _time, CancellationToken.None));
    }

    private Task<bool> Wait() => _slots.TakeAsync(1, _longest, _time, CancellationToken.None).AsTask();
}
