using ChatKit.Gateway.Spend;

namespace ChatKit.Gateway.Tests.Spend;

/// <summary>Settlements as tests make them.</summary>
internal static class Records
{
    public static DateTime Day { get; } = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    public static SpendRecord New(string id) => new()
    {
        RequestId = id,
        CallType = "acompletion",
        StartedAt = Day,
        EndedAt = Day.AddSeconds(1),
        Model = "gpt-4o",
        ModelId = "d1",
        ModelGroup = "gpt",
        Provider = "openai",
        PromptTokens = 10,
        CompletionTokens = 5,
        Cost = 1_000,
    };
}
