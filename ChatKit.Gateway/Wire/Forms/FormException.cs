namespace ChatKit.Gateway.Wire.Forms;

/// <summary>
/// A form that is not what it should be, found while it passes through. An exception, because it has to end the sending of a request that is under way; the
/// message completes "The form …".
/// </summary>
internal sealed class FormException(string message) : Exception(message)
{
    /// <summary>The whole is larger than requests may be.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>The part at fault.</summary>
    public string? Param { get; init; }
}
