using Microsoft.AspNetCore.Http;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>Knows how many requests the server works on, including those whose client has left.</summary>
internal sealed class InFlight
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _none = Completed();
    private int _count;

    public async Task CountAsync(HttpContext http, RequestDelegate next)
    {
        lock (_lock)
        {
            if (_count++ == 0)
                _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await next(http);
        }
        finally
        {
            lock (_lock)
            {
                if (--_count == 0)
                    _none.SetResult();
            }
        }
    }

    public Task NoneAsync()
    {
        lock (_lock)
        {
            return _none.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    private static TaskCompletionSource Completed()
    {
        var none = new TaskCompletionSource();
        none.SetResult();
        return none;
    }
}
