using System.Collections.Concurrent;
using StackExchange.Redis;

namespace ChatKit.Gateway.Redis;

/// <summary>
/// What one replica tells all others at once: that something which they hold in memory has changed. News may be lost with the connection, so each listener is told
/// when that may have happened, and holds things for a shorter time while nobody can tell it anything (<see cref="AreHeard"/>).
/// </summary>
internal sealed class ReplicaNews
{
    private const string Prefix = "chatkit:news:";

    /// <summary>In place of news that could not be told: anything may have changed.</summary>
    private const string Anything = "";

    /// <summary>Before the text: who says it. A replica knows its own news already.</summary>
    private readonly string _sender = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, Listener> _listeners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _untold = new(StringComparer.Ordinal);
    private readonly SharedRedis _redis;
    private ConnectionMultiplexer? _connection;
    private volatile bool _isSubscribed;

    public ReplicaNews(SharedRedis redis)
    {
        _redis = redis;
        redis.OnReturn(ReturnAsync);
    }

    /// <summary>Whether this replica hears the others at the moment; null where no Redis is configured through which it could.</summary>
    public bool? AreHeard => _redis.IsReachable is { } reachable ? reachable && _isSubscribed : null;

    /// <summary>Tells the others; at once, or that something was missed as soon as Redis is back. Where none is configured, there is nobody to tell.</summary>
    public void Tell(string topic, string text)
    {
        if (_redis.IsReachable is not null) _ = PublishAsync(topic, text);
    }

    /// <summary>One listener for a topic, from before the host starts.</summary>
    /// <param name="topic">What it is about.</param>
    /// <param name="heard">Another replica's news.</param>
    /// <param name="missed">Some may have been lost: whatever is held may be old.</param>
    public void Listen(string topic, Action<string> heard, Action missed)
    {
        if (!_listeners.TryAdd(topic, new Listener(heard, missed))) throw new InvalidOperationException($"Somebody listens to {topic} already.");
    }

    private async Task PublishAsync(string topic, string text)
    {
        try
        {
            var connection = Volatile.Read(ref _connection) ?? throw new InvalidOperationException("There was no connection yet.");
            await connection.GetSubscriber().PublishAsync(Prefix + topic, _sender + text);
        }
        catch (Exception)
        {
            // Whatever the client throws, and it throws much.
            _untold[topic] = true;
        }
    }

    private async Task ReturnAsync()
    {
        if (_redis.Database?.Multiplexer is not ConnectionMultiplexer connection) return;
        if (connection != _connection) await SubscribeAsync(connection);
        foreach (var topic in _untold.Keys)
        {
            if (_untold.TryRemove(topic, out _)) await PublishAsync(topic, Anything);
        }
    }

    private async Task SubscribeAsync(ConnectionMultiplexer connection)
    {
        connection.ConnectionFailed += (_, failed) =>
        {
            if (failed.ConnectionType is ConnectionType.Subscription) _isSubscribed = false;
        };
        connection.ConnectionRestored += (_, restored) =>
        {
            if (restored.ConnectionType is ConnectionType.Subscription) Resume();
        };
        foreach (var (topic, listener) in _listeners) await connection.GetSubscriber().SubscribeAsync(Prefix + topic, (_, text) => Hear(listener, text));
        Volatile.Write(ref _connection, connection);
        Resume();
    }

    private void Resume()
    {
        _isSubscribed = true;
        foreach (var listener in _listeners.Values) listener.Missed();
    }

    private void Hear(Listener listener, string? text)
    {
        if (text is null || text.Length < _sender.Length || text.StartsWith(_sender, StringComparison.Ordinal)) return;
        if (text.Length == _sender.Length) listener.Missed();
        else listener.Heard(text[_sender.Length..]);
    }

    private sealed record Listener(Action<string> Heard, Action Missed);
}
