using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Routing.Sharing;

/// <summary>
/// Puts what the other replicas tell into the state that routing reads. Each note is whole, so it replaces what was known of its replica; only samples are
/// added, and each once.
/// </summary>
internal sealed class OtherReplicas
{
    private readonly Dictionary<(string Replica, string Deployment), DateTimeOffset> _latestSample = [];

    public void Apply(IReadOnlyList<ReplicaNote> notes, IReadOnlyCollection<Deployment> deployments, DateTimeOffset now)
    {
        var read = notes.Select(note => (note.Replica, State: Read(note.Text)?.D)).Where(note => note.State is not null).ToList();
        foreach (var deployment in deployments)
        {
            var others = default(MinuteUsage);
            foreach (var (replica, state) in read)
            {
                if (!state!.TryGetValue(deployment.Id, out var theirs)) continue;
                if (theirs.M == MinuteCounters.MinuteOf(now)) others += new MinuteUsage(theirs.R, theirs.T, theirs.S, theirs.F);
                if (theirs.C is { } cooldown) deployment.State.Cool(new Cooldown(DateTimeOffset.FromUnixTimeMilliseconds(cooldown.U), cooldown.S, cooldown.W));
                AddSamples((replica, deployment.Id), theirs.L ?? [], deployment.State);
            }

            deployment.State.Minute.SetOthers(now, others);
        }

        Forget(read.Select(note => note.Replica).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Without Redis this replica counts on its own.</summary>
    public static void Leave(IEnumerable<Deployment> deployments, DateTimeOffset now)
    {
        foreach (var deployment in deployments) deployment.State.Minute.SetOthers(now, default);
    }

    private void AddSamples((string, string) of, IReadOnlyList<double[]> samples, DeploymentState state)
    {
        var latest = _latestSample.GetValueOrDefault(of);
        foreach (var sample in samples)
        {
            if (sample is not [var milliseconds, var perToken, var firstToken]) continue;
            var at = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
            if (at <= latest) continue;
            state.TimePerToken.Add(at, perToken);
            if (firstToken >= 0) state.TimeToFirstToken.Add(at, firstToken);
            _latestSample[of] = at;
        }
    }

    private void Forget(HashSet<string> present)
    {
        foreach (var key in _latestSample.Keys.Where(key => !present.Contains(key.Replica)).ToList()) _latestSample.Remove(key);
    }

    /// <summary>Null for what no replica of this version wrote.</summary>
    private static SharedStateWire? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, SharedStateJson.Default.SharedStateWire);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
