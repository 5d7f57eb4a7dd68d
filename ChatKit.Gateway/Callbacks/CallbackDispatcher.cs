using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;

namespace ChatKit.Gateway.Callbacks;

/// <summary>
/// Tells the configured webhooks what attempts came to. A call only puts the fact into their queues; a webhook that is slow or gone costs it nothing. After a
/// reload those that are no longer configured send what they have, and end.
/// </summary>
internal sealed class CallbackDispatcher(TimeProvider time, ILogger<WebhookSender> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Task> _ending = [];
    private Senders _senders = new([], []);

    public void Settled(Settlement settled, CallbackSettings settings)
    {
        if (settings.Webhooks.Count == 0 && _senders.All.Count == 0) return;
        foreach (var sender in SendersOf(settings.Webhooks).All) sender.Add(settled);
    }

    public async ValueTask DisposeAsync()
    {
        SendersOf([]);
        await Task.WhenAll(_ending);
    }

    private Senders SendersOf(IReadOnlyList<WebhookSettings> wanted)
    {
        var current = Volatile.Read(ref _senders);
        if (ReferenceEquals(current.Settings, wanted)) return current;
        lock (_gate)
        {
            current = _senders;
            if (ReferenceEquals(current.Settings, wanted)) return current;
            _ending.RemoveAll(static task => task.IsCompleted);
            _ending.AddRange(current.All.Select(static sender => sender.DisposeAsync().AsTask()));
            var next = new Senders(wanted, [.. wanted.Select(one => new WebhookSender(one, time, logger))]);
            Volatile.Write(ref _senders, next);
            return next;
        }
    }

    private sealed record Senders(IReadOnlyList<WebhookSettings> Settings, IReadOnlyList<WebhookSender> All);
}
