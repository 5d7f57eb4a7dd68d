using System.Collections.Concurrent;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Routing.Sharing;

/// <summary>
/// What this replica has to tell: which deployments it called of late, and the samples that it took itself. Filled on the way of every call, so it only notes:
/// a lookup, and a few words of memory.
/// </summary>
internal sealed class OwnObservations
{
    private const int MostSamples = 16;

    /// <summary>Longer than any pause between two exchanges that a replica may miss.</summary>
    private static readonly TimeSpan SampleAge = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<DeploymentState, Samples> _samples = [];

    public void Settled(Attempt attempt)
    {
        if (LatencySample.Of(attempt) is { } sample) _samples.GetOrAdd(attempt.Deployment.State, static _ => new Samples()).Add(sample);
    }

    /// <summary>The note for the others. Cooldowns are passed on whoever decided them, so that a replica that has just started learns of all.</summary>
    public SharedStateWire Note(IEnumerable<Deployment> deployments, DateTimeOffset now)
    {
        var note = new Dictionary<string, SharedDeploymentWire>(StringComparer.Ordinal);
        foreach (var deployment in deployments)
        {
            var state = deployment.State;
            var (minute, cooldown) = (state.Minute.OwnAt(now), state.CooldownAt(now));
            var samples = _samples.TryGetValue(state, out var kept) ? kept.Since(now - SampleAge) : [];
            if (minute == default && cooldown is null && samples.Count == 0) continue;
            note[deployment.Id] = new SharedDeploymentWire
            {
                M = MinuteCounters.MinuteOf(now),
                R = minute.Requests,
                T = minute.Tokens,
                S = minute.Successes,
                F = minute.Failures,
                C = cooldown is null ? null : new SharedCooldownWire(cooldown.Until.ToUnixTimeMilliseconds(), cooldown.Status, cooldown.Reason),
                L = samples.Count == 0 ? null : [.. samples.Select(sample => (double[])[sample.At.ToUnixTimeMilliseconds(), sample.PerToken, sample.FirstToken ?? -1])],
            };
        }

        return new SharedStateWire(note);
    }

    /// <summary>Forgets deployments that a reload has removed.</summary>
    public void Keep(IReadOnlySet<DeploymentState> present)
    {
        foreach (var state in _samples.Keys)
        {
            if (!present.Contains(state)) _samples.TryRemove(state, out _);
        }
    }

    /// <summary>The latest samples of one deployment.</summary>
    private sealed class Samples
    {
        private readonly Queue<LatencySample> _latest = new();

        public void Add(LatencySample sample)
        {
            lock (_latest)
            {
                if (_latest.Count == MostSamples) _latest.Dequeue();
                _latest.Enqueue(sample);
            }
        }

        public IReadOnlyList<LatencySample> Since(DateTimeOffset time)
        {
            lock (_latest) return [.. _latest.Where(sample => sample.At >= time)];
        }
    }
}
