using System.Collections.Concurrent;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using Xunit;

namespace ChatKit.Gateway.Tests.Hosting;

/// <summary>Hears of every settlement, where another replica would.</summary>
internal sealed class SettledFacts : ISharedRoutingState
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<Attempt> _settled = new();

    public IReadOnlyList<Attempt> All => [.. _settled];

    public void Settled(Attempt attempt) => _settled.Enqueue(attempt);

    public void Cooled(Deployment deployment, Cooldown cooldown) { }

    public void Clear() => _settled.Clear();

    /// <summary>
    /// The attempts since the last <see cref="Clear"/>, as <c>number kind deployment outcome</c>, by number, once there are so many; none may come later. A client may
    /// have its whole answer a moment before the attempt is settled.
    /// </summary>
    public async Task<string[]> TakeAsync(int count)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (_settled.Count < count && TimeProvider.System.GetElapsedTime(deadline) < Patience) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var all = All;
        Assert.Equal(count, all.Count);
        return [.. all.OrderBy(attempt => attempt.Number).Select(Text)];
    }

    private static string Text(Attempt attempt) =>
        $"{attempt.Number} {attempt.Kind} {attempt.Deployment.Id} {attempt.Error?.Origin.ToString() ?? "answered"}";
}
