using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>An answer failed in a way that its responder knows: what the client is told, and the reason for the log.</summary>
public sealed class ResponderException : Exception
{
    /// <param name="message">For the person who reads the thread.</param>
    /// <param name="allowRetry">Whether trying again may help.</param>
    /// <param name="cause">For the log alone.</param>
    public ResponderException(string message, bool allowRetry = true, Exception? cause = null)
        : this(new ErrorEvent(ErrorEvent.Custom, message, allowRetry), cause?.Message ?? message, cause)
    {
    }

    internal ResponderException(ErrorEvent error, string reason, Exception? cause = null)
        : base(reason, cause) => Error = error;

    /// <summary>What the client is told.</summary>
    public ErrorEvent Error { get; }
}
