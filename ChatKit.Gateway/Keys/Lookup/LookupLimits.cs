namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>How much and how long the database is asked on the spine.</summary>
internal static class LookupLimits
{
    /// <summary>The most things in one query.</summary>
    public const int Batch = 256;

    /// <summary>Beyond so many that wait, more are turned away: the database does not keep up.</summary>
    public const int MostWaiting = 16 * 1024;

    /// <summary>How many names that nobody has are remembered.</summary>
    public const int MostUnknown = 16 * 1024;

    public static TimeSpan QueryTimeout { get; } = TimeSpan.FromSeconds(5);

    public static TimeSpan RestAfterFailure { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How long what is known counts while other replicas say what they change.</summary>
    public static TimeSpan HeardLifetime { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long it counts while nobody can say that it changed.</summary>
    public static TimeSpan UnheardLifetime { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call waits for what the database has to say today about something that is known since before.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(250);
}
