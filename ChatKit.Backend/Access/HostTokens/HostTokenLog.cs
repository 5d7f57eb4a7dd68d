namespace ChatKit.Backend.Access.HostTokens;

internal static partial class HostTokenLog
{
    /// <summary>The kind of the failure alone: its message may quote the token.</summary>
    [LoggerMessage(LogLevel.Information, "A host application's token was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);
}
