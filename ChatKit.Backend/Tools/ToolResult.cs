namespace ChatKit.Backend.Tools;

/// <summary>What a tool found, for the model to read. It is data: shown to people as plain text, and cut where it is too long.</summary>
/// <param name="Text">What was found; or, where it failed, why, in words that help the model.</param>
/// <param name="Failed">Whether it failed.</param>
public sealed record ToolResult(string Text, bool Failed = false)
{
    /// <summary>A failure that the model may do something about.</summary>
    public static ToolResult Failure(string reason) => new(reason, Failed: true);
}
