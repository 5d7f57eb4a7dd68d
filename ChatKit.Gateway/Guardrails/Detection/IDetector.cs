namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>
/// Finds one kind of thing in text that comes in pieces. Whatever it says holds for every continuation of the text: where that cannot be known yet, it waits. This
/// is why a stream is masked the same however it is cut, and why no part of a match ever leaves before the rest has come.
/// </summary>
internal interface IDetector
{
    /// <param name="text">What there is, one character or more before <paramref name="from"/> where there were any.</param>
    /// <param name="from">Where to look from; what stands before is context.</param>
    /// <param name="isEnd">True where nothing follows.</param>
    Finding Next(ReadOnlySpan<char> text, int from, bool isEnd);
}

/// <summary>What a detector says.</summary>
/// <param name="Start">Where the match begins; without one, up to where it is certain that none does.</param>
/// <param name="Length">The length of the match; 0 for none.</param>
internal readonly record struct Finding(int Start, int Length)
{
    public bool IsMatch => Length > 0;

    public static Finding NoneBefore(int position) => new(position, 0);
}
