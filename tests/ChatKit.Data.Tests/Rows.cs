using ChatKit.Data.Chat;

namespace ChatKit.Data.Tests;

/// <summary>Rows with everything that a test does not care about filled in.</summary>
internal static class Rows
{
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    public static ThreadRow Thread(string id, DateTime? created = null) => new()
    {
        Id = id,
        UserId = "user",
        CreatedAt = created ?? Noon,
        UpdatedAt = created ?? Noon,
        Status = "active",
        Metadata = "{}",
    };

    public static ItemRow Item(string thread, string id, long sequence) => new()
    {
        ThreadId = thread,
        Id = id,
        Sequence = sequence,
        Type = "user_message",
        Hidden = false,
        CreatedAt = Noon,
        Body = "{}",
    };
}
