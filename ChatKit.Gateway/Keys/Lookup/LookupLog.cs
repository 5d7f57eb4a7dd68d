namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>Said once when the database goes, and once when it is back.</summary>
internal static partial class LookupLog
{
    [LoggerMessage(1, LogLevel.Warning, "The database that holds keys and customers cannot be reached; what is known is served, what is not is not: {Reason}")]
    public static partial void Down(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "The database that holds keys and customers answers again")]
    public static partial void Back(ILogger logger);
}
