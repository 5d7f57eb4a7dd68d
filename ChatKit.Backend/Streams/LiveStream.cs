using System.Buffers;
using System.Text;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Streams;

/// <summary>
/// A turn that runs in this process, and its latest events. Followers read them from here; what the journal has stored and the followers have mostly read is let
/// go, so that a long answer takes no more memory than a short one.
/// </summary>
internal sealed class LiveStream(string id, string threadId, string userId, Action cancel) : ITurnEvents
{
    /// <summary>What stays in memory after it was stored: a follower that lags further behind reads from the database.</summary>
    private const int Tail = 64;

    private readonly Lock _gate = new();
    private readonly List<ReadOnlyMemory<byte>> _frames = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _dropped;
    private long _stored;
    private bool _ended;

    public string Id => id;

    public string ThreadId => threadId;

    public string UserId => userId;

    /// <summary>True once no further event comes.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_gate) return _ended;
        }
    }

    /// <summary>Events so far.</summary>
    public long Count
    {
        get
        {
            lock (_gate) return _dropped + _frames.Count;
        }
    }

    public Task SendAsync(ThreadEvent threadEvent, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var frame = new ArrayBufferWriter<byte>(256);
            frame.Write(Encoding.UTF8.GetBytes($"id: {new EventId(id, _dropped + _frames.Count + 1)}\n"));
            EventFrame.Write(frame, threadEvent);
            _frames.Add(frame.WrittenMemory);
        }

        Signal();
        return Task.CompletedTask;
    }

    /// <summary>Asks the turn to stop.</summary>
    public void Cancel() => cancel();

    /// <summary>No further event comes.</summary>
    public void End()
    {
        lock (_gate) _ended = true;
        Signal();
    }

    /// <summary>The events after this number that are here. False where the next one is here no more.</summary>
    public bool TryRead(long after, out IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        lock (_gate)
        {
            var start = after - _dropped;
            frames = start >= 0 && start < _frames.Count ? _frames.GetRange((int)start, _frames.Count - (int)start) : [];
            return start >= 0;
        }
    }

    /// <summary>Waits until there are more than this many events, or the last one has come.</summary>
    public async Task WaitAsync(long count, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_ended || _dropped + _frames.Count > count) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancel);
        }
    }

    /// <summary>What is not stored yet: the number of the first, and the frames.</summary>
    public (long First, IReadOnlyList<ReadOnlyMemory<byte>> Frames) Pending()
    {
        lock (_gate)
        {
            var start = (int)(_stored - _dropped);
            return (_stored + 1, _frames.GetRange(start, _frames.Count - start));
        }
    }

    /// <summary>Everything up to this event is stored.</summary>
    public void Stored(long last)
    {
        lock (_gate)
        {
            _stored = last;
            var surplus = (int)Math.Min(_stored - _dropped, _frames.Count - Tail);
            if (surplus <= Tail) return;
            _frames.RemoveRange(0, surplus);
            _dropped += surplus;
        }
    }

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate) (changed, _changed) = (_changed, NewSignal());
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
