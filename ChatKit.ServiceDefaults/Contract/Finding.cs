namespace ChatKit.ServiceDefaults.Contract;

/// <summary>The audit of one variable: a status, one line of advice, never its value.</summary>
public sealed record Finding(string Variable, FindingStatus Status, string Advice)
{
    private const int LongEnoughToHint = 12;

    /// <summary>The last four characters, by which a person recognises a key; null where that would give too much of it away.</summary>
    public string? LastFour { get; init; }

    /// <summary>Whether a service refuses to start because of it.</summary>
    public bool Blocks { get; init; }

    /// <summary>A finding that hints at the value.</summary>
    public static Finding About(string variable, string? value, FindingStatus status, string advice) => new(variable, status, advice)
    {
        LastFour = value?.Trim() is { Length: > LongEnoughToHint } text ? text[^4..] : null,
    };
}
