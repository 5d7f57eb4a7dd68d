using System.Collections.Concurrent;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Streams;

/// <summary>The turns that run in this process and can be followed.</summary>
internal sealed class LiveStreams
{
    private readonly ConcurrentDictionary<string, LiveStream> _byId = new(StringComparer.Ordinal);

    public IEnumerable<LiveStream> All => _byId.Values;

    /// <param name="threadId">The thread that is answered.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="cancel">Stops the turn.</param>
    public LiveStream Start(string threadId, string userId, Action cancel)
    {
        var stream = new LiveStream(Ids.Stream(), threadId, userId, cancel);
        _byId[stream.Id] = stream;
        return stream;
    }

    /// <summary>Null where it runs elsewhere, or is over and stored.</summary>
    public LiveStream? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Its end is stored: from now on it is read from the database.</summary>
    public void Forget(LiveStream stream) => _byId.TryRemove(stream.Id, out _);
}
