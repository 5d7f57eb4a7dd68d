using ChatKit.Data.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>
/// The worker makes a thread's title while its first answer streams. Looks for it now and then, so that an open page shows it at once; once the thread has a
/// title there is nothing more to look for.
/// </summary>
internal sealed class TitleWatch(ChatDbContext database, ThreadRow thread, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lastLook = time.GetTimestamp();

    /// <summary>True once: when the title has just appeared.</summary>
    public async Task<bool> HasComeAsync(CancellationToken cancel)
    {
        if (thread.Title is not null || thread.GeneratedTitle is not null || time.GetElapsedTime(_lastLook) < Interval)
            return false;
        _lastLook = time.GetTimestamp();
        await database.Entry(thread).ReloadAsync(cancel);
        return thread.Title is not null || thread.GeneratedTitle is not null;
    }
}
