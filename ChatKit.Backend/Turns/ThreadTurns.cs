namespace ChatKit.Backend.Turns;

/// <summary>
/// One turn at a time in each thread. A message that comes while an answer still streams (a second tab; a stop that is still being stored) waits a little
/// for its turn, and is then refused rather than kept hanging.
/// </summary>
internal sealed class ThreadTurns(TimeProvider time)
{
    private const int MaxWaiting = 4;

    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Null where the thread did not come free in time, or too many wait for it already.</summary>
    public async Task<Lease?> TryEnterAsync(string threadId, CancellationToken cancel)
    {
        if (TryJoin(threadId) is not { } gate)
            return null;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await gate.Free.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            Leave(threadId, gate);
            cancel.ThrowIfCancellationRequested();
            return null;
        }

        return new Lease(this, threadId, gate);
    }

    /// <summary>Asks the turn that runs in this thread, if any, to end.</summary>
    public void Stop(string threadId)
    {
        CancellationTokenSource? running;
        lock (_gates)
        {
            running = _gates.GetValueOrDefault(threadId)?.Running;
        }

        running?.Cancel();
    }

    private Gate? TryJoin(string threadId)
    {
        lock (_gates)
        {
            if (!_gates.TryGetValue(threadId, out var gate))
                _gates[threadId] = gate = new Gate();
            if (gate.Members > MaxWaiting)
                return null;
            gate.Members++;
            return gate;
        }
    }

    private void Leave(string threadId, Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Members > 0)
                return;
            _gates.Remove(threadId);
            gate.Dispose();
        }
    }

    /// <summary>The right to answer in a thread, until disposed.</summary>
    internal sealed class Lease : IDisposable
    {
        private readonly ThreadTurns _turns;
        private readonly string _threadId;
        private readonly Gate _gate;

        /// <summary>Not disposed: it has no timer to free, and whoever stops the turn may come a moment late.</summary>
        private readonly CancellationTokenSource _stopping = new();

        internal Lease(ThreadTurns turns, string threadId, Gate gate)
        {
            (_turns, _threadId, _gate) = (turns, threadId, gate);
            lock (turns._gates)
            {
                gate.Running = _stopping;
            }
        }

        /// <summary>Cancelled when the thread is about to be deleted.</summary>
        public CancellationToken Stopping => _stopping.Token;

        public void Dispose()
        {
            lock (_turns._gates)
            {
                _gate.Running = null;
            }

            _gate.Free.Release();
            _turns.Leave(_threadId, _gate);
        }
    }

    internal sealed class Gate : IDisposable
    {
        public readonly SemaphoreSlim Free = new(1, 1);

        /// <summary>Who holds it and who waits for it.</summary>
        public int Members;

        public CancellationTokenSource? Running;

        public void Dispose() => Free.Dispose();
    }
}
