namespace ChatKit.Gateway.Simulation;

/// <summary>
/// A clock that jumps to whatever is due next. All that runs under it runs on one thread, in the order of its time, so a day of calls takes a second and every run
/// of the same log comes to the same result.
/// </summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Alarm, (long Due, long Number)> _alarms = new();
    private readonly OneThread _thread = new();
    private long _now = start.UtcTicks;
    private long _number;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Runs something at its time.</summary>
    public void At(DateTimeOffset time, Action action) =>
        CreateTimer(_ => _thread.Post(static state => ((Action)state!)(), action), null, new TimeSpan(Math.Max(0, time.UtcTicks - _now)), Timeout.InfiniteTimeSpan);

    /// <summary>Runs until nothing is due any more.</summary>
    public void Run()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (_thread.RunOne() || FireNext())
            {
                // One thing after another, until there is none.
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool FireNext()
    {
        while (_alarms.TryDequeue(out var alarm, out var due))
        {
            if (!alarm.IsDue(due.Number)) continue;
            _now = Math.Max(_now, due.Due);
            alarm.Fire();
            return true;
        }

        return false;
    }

    /// <summary>A timer of this clock; each change makes what was due before void.</summary>
    private sealed class Alarm(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _armed = -1;

        public bool IsDue(long number) => _armed == number;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero) throw new NotSupportedException("Nothing that is simulated repeats.");
            _armed = dueTime == Timeout.InfiniteTimeSpan ? -1 : time._number++;
            if (_armed >= 0) time._alarms.Enqueue(this, (time._now + dueTime.Ticks, _armed));
            return true;
        }

        public void Fire()
        {
            _armed = -1;
            callback(state);
        }

        public void Dispose() => _armed = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Whoever awaits something goes on here. Alarms themselves ring outside of it, so that what does not care where it goes on does so at once.</summary>
    private sealed class OneThread : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();

        public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing that is simulated blocks.");

        public bool RunOne()
        {
            if (!_ready.TryDequeue(out var next)) return false;
            SetSynchronizationContext(this);
            try
            {
                next.Callback(next.State);
            }
            finally
            {
                SetSynchronizationContext(null);
            }

            return true;
        }
    }
}
