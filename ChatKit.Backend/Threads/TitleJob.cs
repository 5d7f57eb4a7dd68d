using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Threads;

/// <summary>Asks the worker for a thread's title: <c>{"thread_id":"thr_…"}</c>. One job per thread, whatever happens.</summary>
internal static class TitleJob
{
    private const string Kind = "thread-title";

    public static OutboxRow For(string threadId, DateTimeOffset now) => new()
    {
        Id = Ids.Job(),
        Kind = Kind,
        Key = threadId,
        Payload = $$"""{"thread_id":"{{threadId}}"}""",
        CreatedAt = now.UtcDateTime,
    };
}
