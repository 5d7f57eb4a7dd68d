namespace ChatKit.Gateway.Model;

/// <summary>
/// The places that attempts at a deployment take. Where <c>max_parallel_requests</c> bounds them, a call may wait in line for one; a place that becomes free
/// goes to the first in line and to nobody else.
/// </summary>
internal sealed class ParallelSlots
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _line = new();
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    /// <summary>True where a place is free. Always, where <paramref name="most"/> is null.</summary>
    public bool HasFree(int? most) => most is null || Taken < most;

    public bool TryTake(int? most)
    {
        lock (_gate)
        {
            if (_taken >= most) return false;
            _taken++;
            return true;
        }
    }

    /// <summary>Waits in line. False where no place became free in time, or the client left.</summary>
    public async ValueTask<bool> TakeAsync(int most, TimeSpan longest, TimeProvider time, CancellationToken clientLeft)
    {
        if (longest <= TimeSpan.Zero) return TryTake(most);
        var waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_taken < most)
            {
                _taken++;
                return true;
            }

            _line.Enqueue(waiting);
        }

        using var limit = new CancellationTokenSource(longest, time);
        using var onLimit = limit.Token.UnsafeRegister(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), waiting);
        using var onLeft = clientLeft.UnsafeRegister(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), waiting);
        return await waiting.Task;
    }

    public void Release()
    {
        lock (_gate)
        {
            // Those who gave up waiting have their answer already, and are passed over.
            while (_line.TryDequeue(out var next))
            {
                if (next.TrySetResult(true)) return;
            }

            _taken--;
        }
    }
}
