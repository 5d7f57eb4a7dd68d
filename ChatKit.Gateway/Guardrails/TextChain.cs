namespace ChatKit.Gateway.Guardrails;

/// <summary>A text on its way through several windows, one after the other.</summary>
/// <param name="windows">In their order.</param>
/// <param name="before">What becomes of a piece before all of them; null for nothing.</param>
internal sealed class TextChain(IReadOnlyList<TextWindow> windows, Func<string, string>? before = null)
{
    /// <summary>True where something waits.</summary>
    public bool Holds => windows.Any(static window => window.Holds);

    public string Push(string piece, bool isEnd)
    {
        if (before is not null) piece = before(piece);
        foreach (var window in windows) piece = window.Push(piece, isEnd);
        return piece;
    }
}
