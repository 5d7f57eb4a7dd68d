using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>An answer failed in a way that its responder knows: what the client is told, and the reason for the log.</summary>
internal sealed class ResponderException(ErrorEvent error, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public ErrorEvent Error { get; } = error;
}
